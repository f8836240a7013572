import { MS, type Scope } from './scope.ts';

const QUARTER_MS = 15 * 60 * 1000;
/** What the clock starts from when nobody has told it the time. */
const starts = { '1980': Date.UTC(1980, 0, 6), '1970': Date.UTC(1970, 0, 1) };

/** The modem's clock: a time with an offset in quarters of an hour, as CCLK shows it. */
export class Clock {
  readonly #scope: Scope;
  readonly #shows: 'local' | 'utc';
  #utcMs: number;
  #setAtUs: number;
  #quarters = 0;

  constructor(scope: Scope, start: '1980' | '1970', shows: 'local' | 'utc') {
    this.#scope = scope;
    this.#shows = shows;
    this.#utcMs = starts[start];
    this.#setAtUs = scope.nowUs;
  }

  set(utcMs: number, quarters: number): void {
    this.#utcMs = utcMs;
    this.#quarters = quarters;
    this.#setAtUs = this.#scope.nowUs;
  }

  get utcMs(): number {
    return this.#utcMs + Math.floor((this.#scope.nowUs - this.#setAtUs) / MS);
  }

  /** Local time, milliseconds since 1970 as if it were UTC. */
  get localMs(): number {
    return this.utcMs + this.#quarters * QUARTER_MS;
  }

  /** The offset, such as +32 for UTC+8. */
  get offset(): string {
    return `${this.#quarters < 0 ? '-' : '+'}${String(Math.abs(this.#quarters)).padStart(2, '0')}`;
  }

  /** yy/MM/dd,hh:mm:ss and the offset. */
  format(): string {
    const shownMs = this.#shows === 'local' ? this.localMs : this.utcMs;
    return `${slashed(shownMs).slice(2)}${this.offset}`;
  }

  /** Set from the form that `format` gives. False when the text is no time. */
  parse(text: string): boolean {
    const match = /^(\d\d)\/(\d\d)\/(\d\d),(\d\d):(\d\d):(\d\d)([+-]\d\d)$/.exec(text);
    if (!match) return false;
    const [year, month, day, hour, minute, second, quarters] = match.slice(1).map(Number) as Seven;
    const shownMs = Date.UTC(year + (year >= 70 ? 1900 : 2000), month - 1, day, hour, minute, second);
    const rolledOver = slashed(shownMs).slice(2) !== text.slice(0, -3);
    if (rolledOver || quarters < -48 || quarters > 56) return false;
    this.set(this.#shows === 'local' ? shownMs - quarters * QUARTER_MS : shownMs, quarters);
    return true;
  }
}

type Seven = [number, number, number, number, number, number, number];

/** yyyy/MM/dd,hh:mm:ss */
export function slashed(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '/')},${iso.slice(11, 19)}`;
}
