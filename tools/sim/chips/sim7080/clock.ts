import { MS, type Scope } from './scope.ts';

const QUARTER_MS = 15 * 60 * 1000;
/** What the clock starts from when nobody has told it the time. */
const NEVER_SET_MS = Date.UTC(1980, 0, 6);

/** The modem's clock: local time with an offset in quarters of an hour, as CCLK shows it. */
export class Clock {
  readonly #scope: Scope;
  #localMs = NEVER_SET_MS;
  #setAtUs: number;
  #quarters = 0;

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#setAtUs = scope.nowUs;
  }

  set(localMs: number, quarters: number): void {
    this.#localMs = localMs;
    this.#quarters = quarters;
    this.#setAtUs = this.#scope.nowUs;
  }

  /** Local time, milliseconds since 1970 as if it were UTC. */
  get localMs(): number {
    return this.#localMs + Math.floor((this.#scope.nowUs - this.#setAtUs) / MS);
  }

  get utcMs(): number {
    return this.localMs - this.#quarters * QUARTER_MS;
  }

  /** yy/MM/dd,hh:mm:ss and the offset, such as +32 for UTC+8. */
  format(): string {
    const iso = new Date(this.localMs).toISOString();
    const sign = this.#quarters < 0 ? '-' : '+';
    const offset = String(Math.abs(this.#quarters)).padStart(2, '0');
    return `${iso.slice(2, 10).replaceAll('-', '/')},${iso.slice(11, 19)}${sign}${offset}`;
  }

  /** Set from the form that `format` gives. False when the text is no time. */
  parse(text: string): boolean {
    const match = /^(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-]\d\d)$/.exec(text);
    if (!match) return false;
    const [year, month, day, hour, minute, second, quarters] = match.slice(1).map(Number) as Seven;
    const localMs = Date.UTC(year + (year >= 80 ? 1900 : 2000), month - 1, day, hour, minute, second);
    const rolledOver = new Date(localMs).toISOString().slice(2, 19) !== isoOf(match);
    if (rolledOver || quarters < -48 || quarters > 56) return false;
    this.set(localMs, quarters);
    return true;
  }
}

type Seven = [number, number, number, number, number, number, number];

function isoOf(match: RegExpExecArray): string {
  return `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}`;
}
