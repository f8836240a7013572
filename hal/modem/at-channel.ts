/**
 * AT commands over a UART: bytes in any chunking become lines, prompts and counted raw reads.
 *
 * A line goes, in this order, to the raw read that is under way, the prompt that is waited for, the command that is
 * pending, whoever waits for its prefix, and the table of unsolicited codes; what nobody wants is counted as junk.
 * One command at a time. Every wait has a deadline. After a missed deadline the channel is out of step: `resync` swallows
 * late answers until the modem has said OK to two plain ATs.
 */
import type { Alarm, Clock } from '../clock.ts';
import type { ModemUart } from '../modem-uart.ts';

export type AtResult = 'ok' | 'error' | 'timeout';

/** No line of these modems that matters is longer; noise at boot may be. */
const LONGEST_LINE = 512;
/** u-blox and SIMCom parts drop a command that follows a final code more closely. */
const GUARD_MS = 20;

interface Pending {
  readonly command: string;
  /** Bytes to send behind the prompt. */
  payload: Uint8Array | null;
  /** Prefix of the line that announces raw bytes, as in "+CARECV: 12,<12 bytes>". */
  readonly rawPrefix: string;
  readonly lines: string[];
  readonly done: (result: AtResult, lines: string[], raw: string) => void;
  raw: string;
  rawLeft: number;
  /** The final code has come; only the guard time keeps `done` back. */
  settled: boolean;
}

interface Waiting {
  readonly prefix: string;
  readonly done: (line: string | null) => void;
}

export class AtChannel {
  /** Lines that nobody wanted, and bytes dropped for being no line. */
  junk = 0;
  private readonly uart: ModemUart;
  private readonly clock: Clock;
  private readonly onUnsolicited: (line: string) => void;
  private buffer = '';
  private pending: Pending | null = null;
  private deadline: Alarm | null = null;
  private waiting: Waiting | null = null;
  private waitDeadline: Alarm | null = null;
  private open = false;

  constructor(uart: ModemUart, clock: Clock, onUnsolicited: (line: string) => void) {
    this.uart = uart;
    this.clock = clock;
    this.onUnsolicited = onUnsolicited;
  }

  start(): void {
    if (this.open) return;
    this.open = true;
    this.buffer = '';
    this.uart.open((bytes) => {
      this.receive(bytes);
    });
  }

  /** Stop listening. Whoever waits is told so by a timeout. */
  stop(): void {
    if (!this.open) return;
    this.open = false;
    this.uart.close();
    this.finish('timeout');
    this.stopWaiting(null);
  }

  /** Forget the command that is pending and whoever waits, without telling them. */
  abandon(): void {
    if (this.deadline !== null) this.clock.cancel(this.deadline);
    if (this.waitDeadline !== null) this.clock.cancel(this.waitDeadline);
    this.deadline = null;
    this.waitDeadline = null;
    this.pending = null;
    this.waiting = null;
  }

  /** Send a command; `done` gets the final code and the lines between the command and it. */
  command(text: string, withinMs: number, done: (result: AtResult, lines: string[]) => void): void {
    this.begin({ command: text, payload: null, rawPrefix: '', lines: [], done, raw: '', rawLeft: 0, settled: false }, withinMs);
  }

  /** Send a command, and `payload` when the modem prompts for it. */
  commandWithPayload(text: string, payload: Uint8Array, withinMs: number, done: (result: AtResult) => void): void {
    this.begin({ command: text, payload, rawPrefix: '', lines: [], done, raw: '', rawLeft: 0, settled: false }, withinMs);
  }

  /** Send a command that answers `prefix` count comma and that many raw bytes, which `done` gets as a string. */
  commandForRaw(
    text: string,
    prefix: string,
    withinMs: number,
    done: (result: AtResult, lines: string[], raw: string) => void,
  ): void {
    this.begin({ command: text, payload: null, rawPrefix: prefix, lines: [], done, raw: '', rawLeft: 0, settled: false }, withinMs);
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

  /** Get back in step: AT every 500 ms until two in a row are answered by OK alone, at most `tries` times. */
  resync(tries: number, done: (ok: boolean) => void): void {
    let inARow = 0;
    let left = tries;
    const again = (): void => {
      if (left-- <= 0) {
        done(false);
        return;
      }
      this.command('AT', 500, (result) => {
        inARow = result === 'ok' ? inARow + 1 : 0;
        if (inARow >= 2) done(true);
        else again();
      });
    };
    again();
  }

  private begin(pending: Pending, withinMs: number): void {
    if (!this.open || this.pending !== null) {
      this.clock.after(0, () => {
        pending.done('error', [], '');
      });
      return;
    }
    this.pending = pending;
    this.deadline = this.clock.after(withinMs, () => {
      this.deadline = null;
      this.finish('timeout');
    });
    this.uart.write(`${pending.command}\r`);
  }

  private finish(result: AtResult): void {
    const pending = this.pending;
    if (pending === null || pending.settled) return;
    pending.settled = true;
    if (this.deadline !== null) this.clock.cancel(this.deadline);
    this.deadline = null;
    const answer = (): void => {
      if (this.pending !== pending) return;
      this.pending = null;
      pending.done(result, pending.lines, pending.raw);
    };
    // The guard keeps the next command away from this final code.
    if (result === 'timeout') answer();
    else this.clock.after(GUARD_MS, answer);
  }

  private stopWaiting(line: string | null): void {
    const waiting = this.waiting;
    if (waiting === null) return;
    this.waiting = null;
    if (this.waitDeadline !== null) this.clock.cancel(this.waitDeadline);
    this.waitDeadline = null;
    waiting.done(line);
  }

  private receive(bytes: string): void {
    this.buffer += bytes;
    while (this.buffer.length > 0 && this.step()) {}
    if (this.buffer.length > LONGEST_LINE) {
      this.junk++;
      this.buffer = '';
    }
  }

  /** Take one thing off the front of the buffer; false when what is there is not whole yet. */
  private step(): boolean {
    const pending = this.unsettled();
    if (pending !== null && pending.rawLeft > 0) {
      const part = this.buffer.substr(0, pending.rawLeft);
      pending.raw += part;
      pending.rawLeft -= part.length;
      this.buffer = this.buffer.substr(part.length);
      return true;
    }
    const first = this.buffer.charAt(0);
    if (first === '\r' || first === '\n') {
      this.buffer = this.buffer.substr(1);
      return true;
    }
    if (pending !== null && pending.payload !== null && first === '>') {
      this.buffer = this.buffer.substr(1);
      this.uart.write(pending.payload);
      pending.payload = null;
      return true;
    }
    if (pending !== null && pending.rawPrefix !== '' && this.buffer.startsWith(pending.rawPrefix)) {
      const comma = this.buffer.indexOf(',', pending.rawPrefix.length);
      const lineEnd = this.buffer.indexOf('\r');
      if (comma > 0 && (lineEnd < 0 || comma < lineEnd)) {
        pending.rawLeft = parseInt(this.buffer.substring(pending.rawPrefix.length, comma), 10) || 0;
        this.buffer = this.buffer.substr(comma + 1);
        return true;
      }
      if (lineEnd < 0) return false;
    }
    const end = this.lineEnd();
    if (end < 0) return false;
    const line = this.buffer.substr(0, end).trim();
    this.buffer = this.buffer.substr(end + 1);
    if (line !== '') this.route(line);
    return true;
  }

  private unsettled(): Pending | null {
    return this.pending !== null && this.pending.settled ? null : this.pending;
  }

  private lineEnd(): number {
    const cr = this.buffer.indexOf('\r');
    const lf = this.buffer.indexOf('\n');
    if (cr < 0) return lf;
    return lf < 0 || cr < lf ? cr : lf;
  }

  private route(line: string): void {
    const pending = this.unsettled();
    // Echo may switch itself on at any time; a line equal to the command is never its answer.
    if (pending !== null && line === pending.command) return;
    if (this.waiting !== null && line.startsWith(this.waiting.prefix)) {
      this.stopWaiting(line);
      return;
    }
    if (pending !== null) {
      if (line === 'OK' || line === 'DOWNLOAD') {
        if (line === 'OK') this.finish('ok');
        else this.prompted(pending);
        return;
      }
      if (line === 'ERROR' || line.startsWith('+CME ERROR') || line.startsWith('+CMS ERROR')) {
        pending.lines.push(line);
        this.finish('error');
        return;
      }
      // "AT+CNACT?" is answered by lines that begin "+CNACT: ".
      if (line.startsWith(answerPrefix(pending.command))) {
        pending.lines.push(line);
        return;
      }
    }
    this.onUnsolicited(line);
  }

  /** SIMCom prompts for a file with the line DOWNLOAD instead of ">". */
  private prompted(pending: Pending): void {
    if (pending.payload === null) return;
    this.uart.write(pending.payload);
    pending.payload = null;
  }
}

/** What the information lines of a command begin with: "AT+CNACT=0,1" gives "+CNACT: ". */
function answerPrefix(command: string): string {
  if (command.length < 3) return '+';
  let end = 2;
  while (end < command.length && command.charAt(end) !== '=' && command.charAt(end) !== '?') end++;
  return `${command.substring(2, end)}: `;
}
