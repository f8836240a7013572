/**
 * AT commands over a UART. One command at a time; every wait has a deadline.
 *
 * A line goes, in this order, to whoever waits for its prefix, to the command that is pending, and to `onUnsolicited`.
 * After a missed deadline nobody knows whose answer comes next. The channel then sends plain ATs until the modem has
 * answered two in a row, with pauses that let late answers pass, before it sends the next command.
 */
import type { Alarm, Clock } from '../clock.ts';
import type { ModemUart } from '../modem-uart.ts';
import { AtReader } from './at-reader.ts';

export type AtResult = 'ok' | 'error' | 'timeout';

/** u-blox and SIMCom parts drop a command that follows a final code more closely. */
const GUARD_MS = 20;
/** A late answer comes closely behind whatever woke the modem up. */
const SETTLE_MS = 200;
/** Answers to plain AT that make the channel believe that it is in step again. */
const PROOFS = 2;
/** Together longer than the 5 s for which a modem takes everything as the bytes that it has prompted for. */
const PROOF_TRIES = 8;
const PROOF_WITHIN_MS = 1200;

/** How the answer to a command looks where it is not lines and an OK. */
export interface Answer {
  /** Prefix of the line that announces raw bytes, and what stands between their count and them: "," or "\n". */
  readonly rawPrefix?: string;
  readonly rawEnd?: string;
  /** Beginning of the line that ends the command well, in place of OK. */
  readonly final?: string | undefined;
  /** Beginning of a line behind which OK may be missing. */
  readonly enough?: string | undefined;
  /** How answer lines begin where that is not the command's name; empty for what may be a bare serial number or version. */
  readonly answer?: string;
}

/** What a command has besides its text. */
export interface Manner extends Answer {
  /** Bytes to send behind the prompt; a function is asked for them then. */
  readonly payload?: Uint8Array | string | (() => string);
}

const PLAIN: Manner = {};

interface Pending {
  readonly command: string;
  readonly withinMs: number;
  readonly manner: Manner;
  readonly done: (result: AtResult, lines: string[], raw: string) => void;
  readonly lines: string[];
  raw: string;
  /** The final code has come; only the guard time keeps `done` back. */
  settled: boolean;
}

interface Waiting {
  readonly prefix: string;
  readonly done: (line: string | null) => void;
}

export class AtChannel {
  /** Counts calls of `abandon`: a dialogue of several commands is dead when this has moved on. */
  abandons = 0;
  readonly reader: AtReader;
  private readonly uart: ModemUart;
  private readonly clock: Clock;
  private readonly onUnsolicited: (line: string) => void;
  private pending: Pending | null = null;
  private deadline: Alarm | null = null;
  /** The command that waits until the channel is in step. */
  private held: Pending | null = null;
  /** Answers to plain AT that are still missing before the channel is in step. */
  doubts = 0;
  private waiting: Waiting | null = null;
  private waitDeadline: Alarm | null = null;
  private open = false;

  constructor(uart: ModemUart, clock: Clock, onUnsolicited: (line: string) => void) {
    this.uart = uart;
    this.clock = clock;
    this.onUnsolicited = onUnsolicited;
    this.reader = new AtReader(
      (line) => {
        this.route(line);
      },
      () => {
        this.sendPayload();
      },
      (bytes) => {
        if (this.pending !== null) this.pending.raw += bytes;
      },
    );
  }

  start(): void {
    if (this.open) return;
    this.open = true;
    this.doubts = 0;
    this.reader.reset();
    this.uart.open((bytes) => {
      this.reader.push(bytes);
    });
  }

  /** Stop listening, and abandon what is under way. */
  stop(): void {
    this.abandon();
    if (!this.open) return;
    this.open = false;
    this.reader.reset();
    this.uart.close();
  }

  /** Forget the command that is pending, whoever waits, and every dialogue, without telling them. */
  abandon(): void {
    if (this.deadline !== null) this.clock.cancel(this.deadline);
    if (this.waitDeadline !== null) this.clock.cancel(this.waitDeadline);
    if (this.pending !== null && !this.pending.settled) this.doubts = PROOFS;
    this.deadline = null;
    this.waitDeadline = null;
    this.pending = null;
    this.held = null;
    this.waiting = null;
    this.reader.expectNothing();
    this.abandons++;
  }

  /** Send a command; `done` gets the final code and the lines between the command and it. */
  command(text: string, withinMs: number, done: (result: AtResult, lines: string[]) => void): void {
    this.ask(text, withinMs, PLAIN, done);
  }

  /** Send a command that is not plain; `done` gets the raw bytes that it announced as well, as a string. */
  ask(
    command: string,
    withinMs: number,
    manner: Manner,
    done: (result: AtResult, lines: string[], raw: string) => void,
  ): void {
    if (!this.open || this.pending !== null || this.held !== null) {
      this.clock.after(0, () => {
        done('error', [], '');
      });
      return;
    }
    const next = { command, withinMs, manner, done, lines: [], raw: '', settled: false };
    if (this.doubts > 0 && command !== 'AT') {
      this.held = next;
      this.prove(PROOF_TRIES);
    } else {
      this.send(next);
    }
  }

  /** Wait for a line that starts with `prefix`, whether or not a command is pending; null when it does not come. */
  expect(prefix: string, withinMs: number, done: (line: string | null) => void): void {
    this.stopWaiting(null);
    this.waiting = { prefix, done };
    this.waitDeadline = this.clock.after(withinMs, () => {
      this.waitDeadline = null;
      this.stopWaiting(null);
    });
  }

  /** Get in step, then send the command that is held back; it times out when the modem never answers. */
  private prove(triesLeft: number): void {
    if (this.doubts > 0 && triesLeft > 0) {
      const done = (): void => {
        this.prove(triesLeft - 1);
      };
      this.send({
        command: 'AT',
        withinMs: PROOF_WITHIN_MS,
        manner: PLAIN,
        done,
        lines: [],
        raw: '',
        settled: false,
      });
      return;
    }
    const held = this.held;
    this.held = null;
    if (held === null) return;
    if (this.doubts === 0) this.send(held);
    else held.done('timeout', [], '');
  }

  private send(next: Pending): void {
    this.pending = next;
    this.setDeadline(next.withinMs, 'timeout');
    this.reader.promptWanted = next.manner.payload !== undefined;
    this.reader.rawPrefix = next.manner.rawPrefix || '';
    this.reader.rawEnd = next.manner.rawEnd || ',';
    this.uart.write(`${next.command}\r`);
  }

  private setDeadline(withinMs: number, result: AtResult): void {
    if (this.deadline !== null) this.clock.cancel(this.deadline);
    this.deadline = this.clock.after(withinMs, () => {
      this.deadline = null;
      this.finish(result);
    });
  }

  private finish(result: AtResult): void {
    const pending = this.pending;
    if (pending === null || pending.settled) return;
    pending.settled = true;
    this.reader.expectNothing();
    if (this.deadline !== null) this.clock.cancel(this.deadline);
    this.deadline = null;
    const guardMs = this.doubts > 0 ? SETTLE_MS : GUARD_MS;
    if (result === 'timeout') this.doubts = PROOFS;
    else if (this.doubts > 0) this.doubts = result === 'ok' ? this.doubts - 1 : PROOFS;
    const answer = (): void => {
      if (this.pending !== pending) return;
      this.pending = null;
      pending.done(result, pending.lines, pending.raw);
    };
    // The guard keeps the next command away from this final code.
    if (result === 'timeout') answer();
    else this.clock.after(guardMs, answer);
  }

  private stopWaiting(line: string | null): void {
    const waiting = this.waiting;
    if (waiting === null) return;
    this.waiting = null;
    if (this.waitDeadline !== null) this.clock.cancel(this.waitDeadline);
    this.waitDeadline = null;
    waiting.done(line);
  }

  private route(line: string): void {
    const pending = this.pending !== null && this.pending.settled ? null : this.pending;
    // Echo may switch itself on at any time; a line equal to the command is never its answer.
    if (pending !== null && line === pending.command) return;
    if (this.waiting !== null && line.startsWith(this.waiting.prefix)) {
      this.stopWaiting(line);
    } else if (pending === null) {
      this.onUnsolicited(line);
    } else if (isError(line)) {
      pending.lines.push(line);
      this.finish('error');
    } else if (pending.manner.final === undefined ? line === 'OK' : line.startsWith(pending.manner.final)) {
      this.finish('ok');
    } else if (line === 'DOWNLOAD' || line === 'CONNECT') {
      // Prompts for a file, where ">" prompts for everything else.
      if (this.reader.promptWanted) this.sendPayload();
    } else if (pending.manner.enough !== undefined && line.startsWith(pending.manner.enough)) {
      this.setDeadline(SETTLE_MS, 'ok');
    } else if (isAnswer(line, pending.command, pending.manner.answer)) {
      pending.lines.push(line);
    } else if (line !== 'OK') {
      this.onUnsolicited(line);
    }
  }

  private sendPayload(): void {
    this.reader.promptWanted = false;
    const payload = this.pending === null ? undefined : this.pending.manner.payload;
    if (payload !== undefined) this.uart.write(typeof payload === 'function' ? payload() : payload);
  }
}

function isError(line: string): boolean {
  return (
    line === 'ERROR' || line === 'SEND FAIL' || line.startsWith('+CME ERROR') || line.startsWith('+CMS ERROR')
  );
}

/** A serial number or a version: no boot message has a digit in it and no space. */
function isBare(line: string): boolean {
  if (line.charAt(0) === '+' || line.charAt(0) === '*' || line.indexOf(' ') >= 0) return false;
  for (let i = 0; i < line.length; i++) if (line.charCodeAt(i) >= 48 && line.charCodeAt(i) <= 57) return true;
  return false;
}

/**
 * Whether `line` is an information line of `command`: "AT+CNACT=0,1" is answered by lines that begin "+CNACT: ", unless
 * `prefix` says otherwise.
 */
function isAnswer(line: string, command: string, prefix: string | undefined): boolean {
  if (prefix !== undefined && prefix !== '') return line.startsWith(prefix);
  if (prefix === '' && isBare(line)) return true;
  let end = 2;
  while (end < command.length && command.charAt(end) !== '=' && command.charAt(end) !== '?') end++;
  return end > 2 && line.startsWith(`${command.substring(2, end)}: `);
}
