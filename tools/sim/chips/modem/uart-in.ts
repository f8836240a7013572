import type { Timer } from '../../kernel.ts';
import type { Scope } from './scope.ts';

/** Longest command line, terminator excluded. */
const MAX_LINE = 512;
const CR = 0x0d;
const LF = 0x0a;

interface CountedRead {
  readonly bytes: Uint8Array;
  filled: number;
  readonly window: Timer;
  readonly done: (bytes: Uint8Array) => void;
}

export interface UartInOptions {
  readonly scope: Scope;
  /** True while a command executes: what arrives then is lost. */
  readonly busy: () => boolean;
  /** Bytes of a command line, as they come in. */
  readonly echo: (bytes: Uint8Array) => void;
  readonly onLine: (line: string) => void;
  readonly onOverlong: () => void;
}

/** The modem's receive line: command lines, or an exact count of raw bytes after a prompt. */
export class UartIn {
  readonly #options: UartInOptions;
  #line = '';
  #overlong = false;
  #counted: CountedRead | undefined;

  constructor(options: UartInOptions) {
    this.#options = options;
  }

  /** Take the next `count` bytes as they are; if they are not there within `windowUs`, call `late` instead. */
  readCounted(count: number, windowUs: number, done: (bytes: Uint8Array) => void, late: () => void): void {
    const window = this.#options.scope.after(windowUs, () => {
      this.#counted = undefined;
      late();
    });
    this.#counted = { bytes: new Uint8Array(count), filled: 0, window, done };
  }

  receive(bytes: Uint8Array): void {
    const echo: number[] = [];
    for (const byte of bytes) {
      if (this.#counted) this.#count(this.#counted, byte);
      else if (!this.#options.busy()) {
        echo.push(byte);
        if (byte === CR && echo.length > 0) this.#options.echo(Uint8Array.from(echo.splice(0)));
        this.#assemble(byte);
      }
    }
    if (echo.length > 0) this.#options.echo(Uint8Array.from(echo));
  }

  #count(read: CountedRead, byte: number): void {
    read.bytes[read.filled++] = byte;
    if (read.filled < read.bytes.length) return;
    this.#counted = undefined;
    this.#options.scope.cancel(read.window);
    read.done(read.bytes);
  }

  #assemble(byte: number): void {
    if (byte === LF) return;
    if (byte !== CR) {
      if (this.#line.length >= MAX_LINE) this.#overlong = true;
      else this.#line += String.fromCharCode(byte);
      return;
    }
    const line = this.#line;
    const overlong = this.#overlong;
    this.#line = '';
    this.#overlong = false;
    if (overlong) this.#options.onOverlong();
    else this.#options.onLine(line);
  }
}
