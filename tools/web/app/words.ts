import { english, type TextKey } from './english.ts';
import { type LanguageCode, languages } from './languages.ts';

const LONGEST_IN_SECONDS = 90;
const LONGEST_IN_MINUTES = 5400;
const LONGEST_IN_HOURS = 172_800;

export type Values = Readonly<Record<string, string | number>>;

/** The words, numbers and dates of one language. */
export class Words {
  readonly code: LanguageCode;

  constructor(code: LanguageCode) {
    this.code = code;
  }

  /** A text with its `{name}` filled in. */
  say(key: TextKey, values: Values = {}): string {
    return fill(languages[this.code].texts[key] ?? english[key], values);
  }

  /** A text whose key is made at run time; undefined where there is none. */
  find(key: string, values: Values = {}): string | undefined {
    const text = languages[this.code].texts[key as TextKey] ?? english[key as TextKey];
    return text === undefined ? undefined : fill(text, values);
  }

  number(value: number, digits = 0): string {
    return this.#format({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  }

  /** Thousandths of a degree Celsius, to a tenth. */
  temperature(milliC: number | null): string {
    return milliC === null ? '\u2013' : `${this.number(milliC / 1000, 1)}\u00a0\u00b0C`;
  }

  /** Thousandths of a percent, to a whole one. */
  humidity(milliPercent: number | null): string {
    return milliPercent === null ? '\u2013' : `${this.number(milliPercent / 1000)}\u00a0%`;
  }

  /** A length of time in its natural unit. */
  duration(seconds: number): string {
    if (seconds < LONGEST_IN_SECONDS) return this.#unit(seconds, 'second');
    if (seconds < LONGEST_IN_MINUTES) return this.#unit(seconds / 60, 'minute');
    if (seconds < LONGEST_IN_HOURS) return this.#unit(seconds / 3600, 'hour');
    return this.#unit(seconds / 86400, 'day');
  }

  bytes(count: number): string {
    return count < 1024 ? this.#unit(count, 'byte') : this.#unit(count / 1024, 'kilobyte');
  }

  /** A moment, milliseconds since 1970, by the clock and the zone of this computer, with its zone. */
  moment(ms: number): string {
    return new Intl.DateTimeFormat(this.code, {
      dateStyle: 'medium',
      timeStyle: 'long',
    }).format(ms);
  }

  /** The time of day. */
  clock(ms: number): string {
    return new Intl.DateTimeFormat(this.code, { timeStyle: 'medium' }).format(ms);
  }

  #unit(value: number, unit: string): string {
    return this.#format({ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(
      value,
    );
  }

  #format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return new Intl.NumberFormat(this.code, options);
  }
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
