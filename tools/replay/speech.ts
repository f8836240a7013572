import type { Kernel, Timer } from '../sim/kernel.ts';
import { withoutPin } from './at-command.ts';
import type { Note } from './decision.ts';
import type { Item, Send } from './transcript.ts';

/** The time of some characters at 115200 baud. */
const TURN_US = 1000;
/** A UART gives what it has in chunks; the drivers see no longer ones from a board. */
const CHUNK = 256;
/** For how long these modems take everything as the bytes that they have prompted for (TCPUDP(S) Application Note, CASEND). */
const PROMPT_US = 5_000_000;

interface Due {
  readonly item: Item;
  readonly timer: Timer;
}

/** What a modem says and when: some items at a time, with a halt at a prompt until its bytes have come. */
export class Speech {
  /** Whoever listens at the other end of the line. */
  listener: ((bytes: string) => void) | undefined;
  /** The last that was said; empty for nothing. */
  said = '';
  readonly #kernel: Kernel;
  readonly #note: Note;
  readonly #onClose: () => void;
  readonly #due = new Set<Due>();
  /** Bytes that belong to the command under way, what comes behind them, and how many of them the prompt still waits for. */
  #payload = 0;
  #behindPrompt: readonly Item[] = [];
  #missing = 0;

  /** `onClose` is called where the transcript has a `close`. */
  constructor(kernel: Kernel, note: Note, onClose: () => void) {
    this.#kernel = kernel;
    this.#note = note;
    this.#onClose = onClose;
  }

  /** The end of an answer is still to come. */
  get answering(): boolean {
    return [...this.#due].some(({ item }) => item.kind === 'send' && /OK|ERROR/.test(item.text));
  }

  /** Say what belongs to a command that `payload` bytes follow, 0 for none. What was about to be said comes first. */
  answer(items: readonly Item[], payload: number): void {
    this.#hurry();
    this.#payload = payload;
    this.say(items);
  }

  /** Say this by itself. */
  say(items: readonly Item[]): void {
    let delayUs = TURN_US;
    for (const [index, item] of items.entries()) {
      if (item.kind === 'wait') delayUs += item.seconds * 1e6;
      if (item.kind === 'send') delayUs += item.afterS * 1e6;
      if (item.kind === 'send' || item.kind === 'close') this.#schedule(item, delayUs);
      if (this.#payload > 0 && item.kind === 'send' && isPrompt(item.text)) {
        this.#behindPrompt = items.slice(index + 1);
        return;
      }
    }
  }

  /** Fall silent. */
  stop(): void {
    for (const { timer } of this.#due) this.#kernel.cancel(timer);
    this.#due.clear();
    this.#behindPrompt = [];
    this.#payload = 0;
    this.#missing = 0;
  }

  /** Take the bytes that a prompt waits for off the front of what the tracker wrote; returns the rest. */
  takePayload(bytes: string): string {
    if (this.#missing === 0) return bytes;
    const taken = Math.min(this.#missing, bytes.length);
    this.#missing -= taken;
    if (this.#missing === 0) this.#endPrompt();
    return bytes.slice(taken);
  }

  #endPrompt(): void {
    this.#note({ kind: 'payload', bytes: this.#payload - this.#missing, of: this.#payload });
    const items = this.#behindPrompt;
    this.#behindPrompt = [];
    this.#payload = 0;
    this.#missing = 0;
    this.say(items);
  }

  #schedule(item: Item, delayUs: number): void {
    const due: Due = {
      item,
      timer: this.#kernel.after(delayUs, () => {
        this.#due.delete(due);
        if (item.kind === 'close') this.#onClose();
        if (item.kind === 'send') this.#send(item);
      }),
    };
    this.#due.add(due);
  }

  #send(item: Send): void {
    if (this.#payload > 0 && isPrompt(item.text)) {
      this.#missing = this.#payload;
      const awaited = this.#behindPrompt;
      this.#kernel.after(PROMPT_US, () => {
        if (this.#missing > 0 && this.#behindPrompt === awaited) this.#endPrompt();
      });
    }
    this.#utter(item);
  }

  /** The tracker is further than the modem: what it was about to say comes now. */
  #hurry(): void {
    const items: Item[] = [];
    for (const due of this.#due) {
      if (due.item.kind === 'close') continue;
      this.#kernel.cancel(due.timer);
      this.#due.delete(due);
      items.push(due.item);
    }
    items.push(...this.#behindPrompt);
    this.#behindPrompt = [];
    this.#payload = 0;
    for (const item of items) if (item.kind === 'send') this.#utter(item);
  }

  #utter({ text, line }: Send): void {
    this.said = text;
    const lost = this.listener === undefined ? { lost: true as const } : {};
    this.#note({ kind: 'heard', text: withoutPin(text), line: line || null, ...lost });
    for (let at = 0; at < text.length; at += CHUNK) this.listener?.(text.slice(at, at + CHUNK));
  }
}

/** Whether the modem asks for bytes: ">" at the start of a line, or the word that some commands have instead. */
function isPrompt(text: string): boolean {
  return /(?:^|[\r\n])(?:>|(?:DOWNLOAD|CONNECT)[\r\n])/.test(text);
}
