import { setTimeout as pause } from 'node:timers/promises';
import crc32 from 'crc-32';
import type { Port } from '../../console/port.ts';
import { ColdrailError } from '../../errors/error.ts';
import { FakeConsole } from './fake-console.ts';
import { FakeStorage, PowerCut } from './fake-storage.ts';
import { PacketReceiver } from './packet-receiver.ts';

export interface FakeOptions {
  readonly version?: string;
  readonly board?: string;
  /** JsVars in all. */
  readonly memory?: number;
  readonly radios?: { Wifi: boolean; BLE: boolean };
  /** Radios that come on again. */
  readonly hasStubbornRadios?: boolean;
  /** Bytes of Storage. */
  readonly capacity?: number;
  /** The console of the app asks for it. */
  readonly pin?: string;
  readonly hasResetLine?: boolean;
}

/** About a third of what an update writes. */
const WATCHDOG_WRITES = 12;

/**
 * A board with Espruino at the far end of a serial line, byte by byte: prompt, packets, Storage, and an app that may have
 * a console. What goes wrong on the line is up to `onWay` and `onWayBack`.
 */
export class FakeEspruino {
  readonly storage: FakeStorage;
  /** The text of the app that runs; empty for none. */
  running = '';
  starts = 0;
  /** What arrives of what the host writes; `index` counts the writes. */
  onWay: (text: string, index: number) => string = (text) => text;
  /** What arrives of what the board says. */
  onWayBack: (text: string) => string = (text) => text;
  isPlugged = true;
  readonly radios: { Wifi: boolean; BLE: boolean };
  readonly #options: FakeOptions;
  readonly #packets: PacketReceiver;
  readonly #console: FakeConsole;
  #writes = 0;
  #line = '';
  #isEchoOff = false;
  #hadDle = false;
  #hasConsole = false;
  #isHanging = false;
  /** Writes until the app's watchdog bites, which nobody serves at the prompt. */
  #watchdog = Number.POSITIVE_INFINITY;
  #hear: (text: string) => void = () => {};
  #gone: () => void = () => {};

  constructor(options: FakeOptions = {}) {
    this.#options = options;
    this.radios = { ...(options.radios ?? { Wifi: false, BLE: false }) };
    this.storage = new FakeStorage(options.capacity ?? 400_000);
    const say = (text: string): void => this.#say(text);
    this.#packets = new PacketReceiver(this.storage, say);
    this.#console = new FakeConsole(options.pin, say, () => this.#toPrompt());
  }

  /** The bench's `open`. */
  async plug(): Promise<Port> {
    if (!this.isPlugged) throw new ColdrailError('serial.missing', { path: 'fake' });
    return {
      write: async (text) => this.#receive(text),
      onText: (hear) => {
        this.#hear = hear;
      },
      onClosed: (gone) => {
        this.#gone = gone;
      },
      reset: async () => {
        if (this.#options.hasResetLine === false) return false;
        this.start();
        return true;
      },
      close: async () => {},
    };
  }

  /** Pull the cable; the board goes on. */
  unplug(): void {
    this.isPlugged = false;
    this.#gone();
  }

  /** Nothing is heard and nothing said, until the next start. */
  hang(): void {
    this.#isHanging = true;
  }

  /** As after power-on: the app that Storage names runs. */
  start(): void {
    this.starts++;
    this.storage.powerOn();
    this.#isHanging = false;
    this.#watchdog = Number.POSITIVE_INFINITY;
    this.#toPrompt();
    const code = this.storage.read('.bootrst') ?? this.storage.read('.bootcde');
    if (code === undefined) return;
    try {
      if (code.startsWith('eval(')) this.#run(code, (text) => this.#startApp(text));
      else this.#startApp(code);
    } catch (error) {
      this.#say(`Uncaught ${error}\r\n>`);
    }
  }

  #startApp(text: string): void {
    if (text.includes('throw')) throw new Error('from the app');
    this.running = text;
    this.#hasConsole = text.includes('console');
    if (this.#hasConsole) this.#watchdog = WATCHDOG_WRITES;
    if (this.#hasConsole) this.#say('coldrail TR-0001 power-on 3\r\n');
  }

  #toPrompt(): void {
    this.running = '';
    this.#hasConsole = false;
    this.#console.lock();
    this.#line = '';
    this.#hadDle = false;
    this.#packets.abandon();
  }

  #say(text: string): void {
    const heard = this.storage.hasFailed ? '' : this.onWayBack(text);
    if (heard !== '') queueMicrotask(() => this.#hear(heard));
  }

  #receive(text: string): void {
    if (!this.isPlugged) throw new Error('gone');
    try {
      for (const character of this.onWay(text, this.#writes++)) this.#take(character);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
    }
    if (this.storage.hasFailed) this.unplug();
    if (!this.#hasConsole && --this.#watchdog === 0) this.start();
  }

  #take(character: string): void {
    if (this.#isHanging) return;
    if (this.#packets.isReceiving) {
      this.#packets.take(character);
      return;
    }
    const hadDle = this.#hadDle;
    this.#hadDle = false;
    if (character === '\x01' && hadDle) this.#packets.begin();
    else if (character === '\x10') {
      this.#isEchoOff ||= this.#line === '';
      this.#hadDle = true;
    } else if (character === '\x03') this.#line = '';
    else if (character === '\x05') {
      if (!this.#hasConsole && this.#line === '')
        this.#say(`Espruino ${this.#options.version ?? '2v29.277'} ${this.#options.board ?? 'ESP32S3'}\r\n`);
    } else if (character === '\n') this.#enter();
    else if (character >= ' ') {
      this.#line += character;
      if (!this.#isEchoOff && !this.#hasConsole) this.#say(character);
    }
  }

  #enter(): void {
    const line = this.#line;
    if (!this.#hasConsole && isOpen(line)) {
      this.#say('\r\n:');
      return;
    }
    this.#line = '';
    this.#isEchoOff = false;
    if (line === '') return;
    if (this.#hasConsole) {
      this.#console.take(line);
      return;
    }
    try {
      this.#run(line, undefined);
      this.#say('\r>');
    } catch (error) {
      if (error instanceof PowerCut) throw error;
      this.#say(`Uncaught ${error}\r\n>`);
    }
  }

  /** Run code as the interpreter would; `evaluate` stands in for its eval. */
  #run(code: string, evaluate: ((text: string) => void) | undefined): void {
    const { board = 'ESP32S3', memory = 4000 } = this.#options;
    const known: Record<string, unknown> = {
      require: () => this.storage,
      E: {
        CRC32: (text: string) => crc32.bstr(text) >>> 0,
        reboot: () => this.#later(() => this.start()),
        enableWatchdog: () => {
          this.#watchdog = Number.POSITIVE_INFINITY;
        },
      },
      process: { memory: () => ({ total: memory }) },
      ESP32: board.startsWith('ESP32') ? this.#esp32() : undefined,
      print: (text: string) => this.#say(`${text}\r\n`),
      load: () => this.#later(() => this.start()),
      reset: () => this.#toPrompt(),
    };
    if (evaluate) known['eval'] = evaluate;
    new Function(...Object.keys(known), code)(...Object.values(known));
  }

  #esp32(): object {
    const set = (radio: 'Wifi' | 'BLE', isOn: boolean): void => {
      if (!this.#options.hasStubbornRadios) this.radios[radio] = isOn;
      this.storage.erase('.bootcde');
      this.#later(() => this.start());
    };
    return {
      getState: () => this.radios,
      enableWifi: (isOn: boolean) => set('Wifi', isOn),
      enableBLE: (isOn: boolean) => set('BLE', isOn),
    };
  }

  #later(doing: () => void): void {
    void pause(1).then(doing);
  }
}

/** Are there more opening brackets than closing ones? The interpreter waits for the rest of such a line. */
function isOpen(line: string): boolean {
  const count = (brackets: RegExp): number => line.match(brackets)?.length ?? 0;
  return count(/[([{]/g) > count(/[)\]}]/g);
}
