import { fromByteString } from '../../bytes.ts';
import type { CommandLine } from './at-line.ts';

/** The +CME ERROR codes that this model answers with (3GPP TS 27.007, 9.2). */
const cmeCodes = {
  'operation not allowed': 3,
  'SIM not inserted': 10,
  'SIM PIN required': 11,
  'SIM PUK required': 12,
  'SIM busy': 14,
  'incorrect password': 16,
  'no network service': 30,
  'requested service option not subscribed': 133,
} as const;

/** A text of that list, or a number of the maker's own, which is printed as such at either verbosity. */
export type CmeError = keyof typeof cmeCodes | number;

/** Thrown by a handler to refuse its command: with a reason as +CME ERROR, without one as plain ERROR. */
export class Refusal extends Error {
  readonly reason: CmeError | undefined;

  constructor(reason?: CmeError) {
    super(String(reason ?? 'ERROR'));
    this.reason = reason;
  }
}

export interface CallPort {
  write(bytes: Uint8Array): void;
  /** How errors are reported: 0 ERROR, 1 number, 2 text. */
  cmee(): number;
  /** The command has had its final result. */
  finished(): void;
}

/** One command in execution. Exactly one of `ok` and `refuse` ends it, now or later. */
export class Call {
  readonly line: CommandLine;
  readonly #port: CallPort;

  constructor(line: CommandLine, port: CallPort) {
    this.line = line;
    this.#port = port;
  }

  /** Argument `index` as an integer in [low, high]; refuses the command when it is anything else. */
  int(index: number, low: number, high: number, absent?: number): number {
    const arg = this.line.args[index];
    if ((!arg || arg.text === '') && absent !== undefined) return absent;
    if (!arg || arg.quoted || !/^\d{1,9}$/.test(arg.text)) throw new Refusal();
    const value = Number(arg.text);
    if (value < low || value > high) throw new Refusal();
    return value;
  }

  /** Argument `index` as text, quoted or not, undefined where it is missing or empty. */
  word(index: number): string | undefined {
    return this.line.args[index]?.text || undefined;
  }

  /** Argument `index` as a quoted string; refuses the command when it is missing or not quoted. */
  text(index: number): string {
    const arg = this.line.args[index];
    if (!arg?.quoted) throw new Refusal();
    return arg.text;
  }

  /** Refuses the command unless it has this many arguments. */
  count(low: number, high = low): void {
    if (this.line.args.length < low || this.line.args.length > high) throw new Refusal();
  }

  /** Bytes that stand in no line of their own, such as a prompt. */
  raw(bytes: Uint8Array): void {
    this.#port.write(bytes);
  }

  print(...lines: string[]): void {
    for (const line of lines) this.#port.write(fromByteString(`\r\n${line}\r\n`));
  }

  /** A line that carries raw bytes at its end. */
  printRaw(head: string, bytes: Uint8Array): void {
    this.#port.write(Buffer.concat([fromByteString(`\r\n${head}`), bytes, fromByteString('\r\n')]));
  }

  ok(...lines: string[]): void {
    this.print(...lines, 'OK');
    this.#port.finished();
  }

  /** A final result other than OK. */
  final(line: string): void {
    this.print(line);
    this.#port.finished();
  }

  refuse(reason?: CmeError): void {
    const verbosity = this.#port.cmee();
    if (!reason || verbosity === 0) this.print('ERROR');
    else if (typeof reason === 'number' || verbosity === 2) this.print(`+CME ERROR: ${reason}`);
    else this.print(`+CME ERROR: ${cmeCodes[reason]}`);
    this.#port.finished();
  }

  /** End without a final result, as a command that switches the modem off does. */
  silent(): void {
    this.#port.finished();
  }
}
