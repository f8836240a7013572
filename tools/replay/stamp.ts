/** The time in front of a line of a log. */

export interface Stamp {
  /** Seconds since some moment, which is the same for stamps of the same form. */
  readonly seconds: number;
  readonly form: 'date' | 'clock' | 'seconds';
  /** What stands behind it. */
  readonly rest: string;
}

/** What may stand between a stamp and the rest; the "-" of a mark as "->" is none of it. */
const BETWEEN = String.raw`(?:[\s:|]|-(?=\s))*`;
const TIME = String.raw`(\d\d):(\d\d):(\d\d(?:[.,]\d{1,9})?)`;
const DATE = new RegExp(
  String.raw`^\[?(\d{4}-\d\d-\d\d)[T ]${TIME}(?:Z|[+-]\d\d:?\d\d)?\]?(?=\W|$)${BETWEEN}`,
);
const CLOCK = new RegExp(String.raw`^\[?${TIME}\]?(?=\W|$)${BETWEEN}`);
const SECONDS = new RegExp(
  String.raw`^(?:\[\s*(\d{1,10}(?:\.\d{1,9})?)\s*s?\]|(\d{1,10}\.\d{1,9})s?(?=[\s:|]))${BETWEEN}`,
);
const HALF_A_DAY_S = 43200;
const DAY_S = 86400;

const secondsOf = (hours: string, minutes: string, seconds: string): number =>
  Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));

/** The stamp at the start of `line`: `[12:00:01.123]`, `2026-11-22T12:00:01Z`, `[ 12.345]` or `12.345`. */
export function stampOf(line: string): Stamp | undefined {
  const date = DATE.exec(line);
  if (date) {
    const [whole, day, hours, minutes, seconds] = date;
    // A log keeps to one zone, and only differences count.
    const midnight = Date.parse(`${day}T00:00:00Z`) / 1000;
    if (Number.isNaN(midnight)) return undefined;
    return {
      seconds: midnight + secondsOf(hours, minutes, seconds),
      form: 'date',
      rest: line.slice(whole.length),
    };
  }
  const clock = CLOCK.exec(line);
  if (clock) {
    const [whole, hours, minutes, seconds] = clock;
    return { seconds: secondsOf(hours, minutes, seconds), form: 'clock', rest: line.slice(whole.length) };
  }
  const plain = SECONDS.exec(line);
  if (!plain) return undefined;
  return { seconds: Number(plain[1] ?? plain[2]), form: 'seconds', rest: line.slice(plain[0].length) };
}

/** Seconds from one line to the next: 0 where that cannot be told. A clock may pass midnight. */
export function gapS(from: Stamp | undefined, to: Stamp | undefined): number {
  if (from === undefined || to === undefined || from.form !== to.form) return 0;
  const gap = to.seconds - from.seconds;
  const passed = to.form === 'clock' && gap < -HALF_A_DAY_S ? gap + DAY_S : gap;
  return Math.min(Math.max(Math.round(passed * 1000) / 1000, 0), DAY_S);
}
