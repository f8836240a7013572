import type { Message } from '../frame.ts';
import { decodeFrame, encodeFrame, LONGEST_REQUEST } from '../frame.ts';
import type { Port } from '../port.ts';

/** What a request is answered with: the last line without its id, behind parts; a number is an error. */
export type Answer = { readonly parts?: readonly Message[]; readonly last: Message } | number;

/** Undefined: this one knows no such request. */
export type Answering = (message: Message, tracker: FakeTracker) => Answer | undefined;

export type Mood =
  /** The console is open. */
  | 'awake'
  /** Nothing is heard until reset; then it waits for a key. */
  | 'asleep'
  /** Waits for any key. */
  | 'waiting'
  /** The Espruino interpreter, without Coldrail in it. */
  | 'interpreter'
  /** Says something else, whatever comes. */
  | 'foreign'
  /** Another baud rate. */
  | 'garbled';

/** The console of docs/console.md as far as answers go, at the level of bytes, without a tracker behind it. */
export class FakeTracker implements Port {
  mood: Mood = 'awake';
  hasResetLine = true;
  device = 'TR-0001';
  powerOn = 3;
  uptimeS = 12;
  pin = '';
  isOpen = true;
  waitS = 0;
  protocol = 1;
  /** Requests that were understood, oldest first. */
  readonly asked: Message[] = [];
  readonly #answering: readonly Answering[];
  #hear: (text: string) => void = () => {};
  #gone: () => void = () => {};
  #line = '';
  #isClosed = false;

  constructor(...answering: Answering[]) {
    this.#answering = answering;
  }

  /** Names of the requests that were understood. */
  get did(): string[] {
    return this.asked.map((message) => String(message['do']));
  }

  async write(text: string): Promise<void> {
    if (this.#isClosed) throw new Error('closed');
    if (this.mood === 'asleep') return;
    if (this.mood === 'garbled') this.say('\xf8\x80\xfe\x00\x81\xc3\xa0\xff'.repeat(4));
    if (this.mood === 'foreign') this.say('$GNRMC,101112.00,V,,,,*2B\r\n');
    if (this.mood === 'garbled' || this.mood === 'foreign') return;
    if (this.mood === 'interpreter') {
      this.say([...text].filter((character) => character >= ' ' || character === '\r').join(''));
      if (text.includes('\x05')) this.say('Espruino 2v29 ESP32\n>');
      return;
    }
    if (this.mood === 'waiting') {
      this.mood = 'awake';
      this.say('The console is open.\r\n> ');
    }
    for (const character of text) this.#take(character);
  }

  onText(hear: (text: string) => void): void {
    this.#hear = hear;
  }

  onClosed(gone: () => void): void {
    this.#gone = gone;
  }

  async reset(): Promise<boolean> {
    if (this.hasResetLine) this.restart();
    return this.hasResetLine;
  }

  async close(): Promise<void> {
    this.pull();
  }

  /** The button, or the line. */
  restart(): void {
    this.powerOn++;
    this.uptimeS = 1;
    this.#line = '';
    if (this.mood !== 'asleep' && this.mood !== 'awake') return;
    this.mood = 'waiting';
    this.say(`coldrail TR-0001 power-on ${this.powerOn}\r\npress Enter within 10 s for the console\r\n`);
  }

  /** The cable is pulled. */
  pull(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    queueMicrotask(() => this.#gone());
  }

  say(text: string): void {
    setImmediate(() => {
      if (!this.#isClosed) this.#hear(text);
    });
  }

  #take(character: string): void {
    if (character === '\x15') this.#line = '';
    else if (character === '\r') {
      this.#answer(this.#line.replace(/^\n/, ''));
      this.#line = '';
    } else if (character >= ' ') this.#line += character;
  }

  #answer(line: string): void {
    if (!line.startsWith('{')) {
      if (line !== '') this.say(`error console.unknown-command: There is no command ${line}.\r\n> `);
      return;
    }
    const message = line.length <= LONGEST_REQUEST ? decodeFrame(line) : undefined;
    if (!message || typeof message['id'] !== 'number') {
      this.say(`${encodeFrame({ id: 0, ok: 0, error: 113 })}\r\n`);
      return;
    }
    this.asked.push(message);
    const answer = this.#builtIn(message) ?? this.#others(message) ?? 110;
    const { id } = message;
    if (typeof answer === 'number') {
      this.say(`${encodeFrame({ id, ok: 0, error: answer, ...this.#about(message, answer) })}\r\n`);
      return;
    }
    for (const part of answer.parts ?? []) this.say(`${encodeFrame({ id, ...part })}\r\n`);
    const count = answer.parts ? { parts: answer.parts.length } : {};
    this.say(`${encodeFrame({ id, ok: 1, ...count, ...answer.last })}\r\n`);
  }

  #others(message: Message): Answer | undefined {
    for (const answering of this.#answering) {
      const answer = answering(message, this);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  #about(message: Message, error: number): Message {
    if (error === 122) return { waitS: this.waitS };
    return typeof message['key'] === 'string' ? { about: message['key'] } : {};
  }

  #builtIn(message: Message): Answer | undefined {
    if (message['do'] === 'hello') {
      const { device, powerOn, uptimeS, protocol, waitS } = this;
      const pin = this.pin === '' ? 0 : 1;
      const open = this.isOpen ? 1 : 0;
      const who = { device, version: '0.2.0', keys: 28 };
      return { last: { ...who, powerOn, uptimeS, protocol, pin, open, waitS } };
    }
    if (message['do'] === 'unlock') {
      if (this.waitS > 0) return 122;
      if (message['pin'] !== this.pin) return 121;
      this.isOpen = true;
      return { last: {} };
    }
    if (message['do'] === 'reboot') {
      setImmediate(() => setImmediate(() => this.restart()));
      return { last: {} };
    }
    return undefined;
  }
}
