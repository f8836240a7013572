/**
 * A GNSS receiver that tells NMEA 0183 on a UART at 9600 baud, once a second, from power-up on. Sentences after NMEA 0183
 * version 4.10; times to a first fix as in the u-blox 6 data sheet (cold 26 s and more, hot 1 s); what can go wrong as
 * seen on real parts.
 */
import { fromByteString } from '../bytes.ts';
import type { Kernel, Timer } from '../kernel.ts';
import type { Random } from '../random.ts';
import type { Sky, SkyFix } from './radio.ts';

const SECOND_US = 1_000_000;
/** A byte with its start and stop bit at 9600 baud. */
const BYTE_US = 1042;
const BOOT_US = 300_000;
/** Ephemerides of the last fix serve for a hot start this long. */
const HOT_US = 7200 * SECOND_US;
const ROLLOVER_MS = 1024 * 7 * 86_400_000;
const MOST_BYTES_AT_ONCE = 60;
const NOISE_BYTES = 200;
const KNOTS = 1 / 1.852;

export interface NmeaFaults {
  /** Noise as the supply comes up, line ends and "$" among it. */
  noise?: boolean;
  /** The first sentence begins in its middle. */
  halfSentence?: boolean;
  /** What belongs to a second comes in one piece. */
  burst?: boolean;
  /** The week counter has rolled over: dates are 1024 weeks early. */
  rolledOver?: boolean;
  /** It knows where it is and does not know the date: 6 January 1980, marked valid. */
  noDate?: boolean;
  /** Its last position with the time of then, marked valid, whatever it sees: for ever, or until it has a fix. */
  stale?: 'frozen' | 'until-fix';
  /** Replies of a modem on the same line. */
  chatter?: boolean;
  /** One byte in so many has a flipped bit; undefined: none. */
  flips?: number;
  /** How lines end: CR and LF unless said otherwise. */
  lineEnd?: '\r' | '\n';
}

export interface NmeaReceiverOptions {
  readonly kernel: Kernel;
  readonly random: Random;
  readonly sky: Sky;
  readonly onBytes: (bytes: Uint8Array) => void;
}

export class NmeaReceiver {
  faults: NmeaFaults = {};
  /** The supply cannot be switched on. */
  supplyStuck = false;
  readonly #options: NmeaReceiverOptions;
  #pending: Timer[] = [];
  #on = false;
  /** Seconds of clear view that a fix still needs. */
  #neededS = 0;
  #isBackwards = false;
  #fix: SkyFix | undefined;
  /** Kept by the backup supply. */
  #last: { fix: SkyFix; atUs: number } | undefined;
  #bytesSent = 0;

  constructor(options: NmeaReceiverOptions) {
    this.#options = options;
  }

  get on(): boolean {
    return this.#on;
  }

  setPower(on: boolean): boolean {
    if (on && this.supplyStuck) return false;
    if (on === this.#on) return true;
    this.#on = on;
    for (const timer of this.#pending.splice(0)) this.#options.kernel.cancel(timer);
    if (on) this.#start();
    return true;
  }

  /** Forget what a hot start needs: the backup supply was lost. */
  forget(): void {
    this.#last = undefined;
  }

  #start(): void {
    const { kernel, random } = this.#options;
    const isHot = this.#last !== undefined && kernel.nowUs - this.#last.atUs < HOT_US;
    this.#fix = undefined;
    this.#isBackwards = random.int(0, 1) === 1;
    this.#neededS = isHot ? random.int(1, 3) : random.int(26, 45);
    if (this.faults.noise) {
      const noise = Array.from({ length: NOISE_BYTES }, () =>
        random.int(0, 9) === 0
          ? ('$\r\n*,'[random.int(0, 4)] as string)
          : String.fromCharCode(random.int(0, 255)),
      );
      this.#send(noise.join(''), random.int(0, 100_000));
    }
    this.#plan(BOOT_US, () => {
      const greeting = sentence('GPTXT,01,01,02,ANTSTATUS=OK') + sentence('PMTK010,001');
      this.#send(this.faults.halfSentence ? greeting.slice(random.int(1, 30)) : greeting, 0);
      this.#tick();
    });
  }

  #plan(delayUs: number, run: () => void): void {
    const { kernel } = this.#options;
    this.#pending = this.#pending.filter((timer) => !timer.cancelled && timer.atUs >= kernel.nowUs);
    this.#pending.push(kernel.after(delayUs, run));
  }

  #tick(): void {
    this.#look();
    this.#send(this.#sentences(), 0);
    this.#plan(SECOND_US, () => this.#tick());
  }

  #look(): void {
    const view = this.faults.stale === 'frozen' ? undefined : this.#options.sky.view();
    if (view && this.#neededS > 0) this.#neededS--;
    this.#fix = this.#neededS === 0 ? view : undefined;
    if (this.#fix) this.#last = { fix: this.#fix, atUs: this.#options.kernel.nowUs };
  }

  /** What belongs to one second, in an order that makers do not agree on. */
  #sentences(): string {
    const { stale } = this.faults;
    const isStale = stale === 'frozen' || (stale === 'until-fix' && !this.#fix);
    const shown = isStale ? this.#last?.fix : this.#fix;
    const parts = shown ? this.#withFix(shown) : [...WITHOUT_FIX];
    if (this.#isBackwards) parts.reverse();
    const lines = parts.map(sentence);
    if (this.faults.chatter)
      lines.splice(1, 0, '\r\nOK\r\n', '+CGNSINF: 1,1,20261121120000.000,1.0,1.0\r\n', '> ');
    return lines.join('');
  }

  #withFix(fix: SkyFix): string[] {
    const utc = new Date(fix.utcMs - (this.faults.rolledOver ? ROLLOVER_MS : 0)).toISOString();
    const time = `${utc.slice(11, 19).replaceAll(':', '')}.00`;
    const date = this.faults.noDate ? '060180' : `${utc.slice(8, 10)}${utc.slice(5, 7)}${utc.slice(2, 4)}`;
    const place = `${angle(fix.latDeg, 2, 'NS')},${angle(fix.lonDeg, 3, 'EW')}`;
    const motion = `${(fix.speedKmh * KNOTS).toFixed(3)},${fix.courseDeg.toFixed(2)}`;
    const satellites = String(fix.satellites).padStart(2, '0');
    const dilution = [fix.hdop * 1.4, fix.hdop, fix.hdop * 0.95].map((value) => value.toFixed(2));
    return [
      `GNRMC,${time},A,${place},${motion},${date},,,A,V`,
      `GNVTG,${fix.courseDeg.toFixed(2)},T,,M,${(fix.speedKmh * KNOTS).toFixed(3)},N,${fix.speedKmh.toFixed(3)},K,A`,
      `GNGGA,${time},${place},1,${satellites},${fix.hdop.toFixed(2)},${fix.altitudeM.toFixed(1)},M,48.5,M,,`,
      `GNGSA,A,3,20,10,23,15,,,,,,,,,${dilution.join(',')},1`,
      `GNGSA,A,3,78,68,,,,,,,,,,,${dilution.join(',')},2`,
      'GPGSV,1,1,04,20,43,163,40,10,34,051,37,23,46,086,42,15,60,258,44',
      `GNGLL,${place},${time},A,A`,
    ];
  }

  #send(text: string, delayUs: number): void {
    const { random } = this.#options;
    const ended = this.faults.lineEnd ? text.replaceAll('\r\n', this.faults.lineEnd) : text;
    const bytes = this.#flipped(fromByteString(ended));
    for (let from = 0; from < bytes.length; ) {
      const end = this.faults.burst ? bytes.length : from + random.int(1, MOST_BYTES_AT_ONCE);
      const chunk = bytes.slice(from, end);
      from = Math.min(end, bytes.length);
      this.#plan(delayUs + from * BYTE_US, () => this.#options.onBytes(chunk));
    }
  }

  #flipped(bytes: Uint8Array): Uint8Array {
    const { flips } = this.faults;
    if (flips === undefined) return bytes;
    return bytes.map((byte) =>
      ++this.#bytesSent % flips === 0 ? byte ^ (1 << this.#options.random.int(0, 7)) : byte,
    );
  }
}

const WITHOUT_FIX = [
  'GNRMC,,V,,,,,,,,,,N,V',
  'GNVTG,,,,,,,,,N',
  'GNGGA,,,,,,0,00,99.99,,,,,,',
  'GNGSA,A,1,,,,,,,,,,,,,99.99,99.99,99.99,1',
  'GNGSA,A,1,,,,,,,,,,,,,99.99,99.99,99.99,2',
  'GPGSV,1,1,00',
  'GNGLL,,,,,,V,N',
];

/** With "$", its check digits and the end of the line. */
export function sentence(content: string): string {
  const sum = [...content].reduce((parity, character) => parity ^ character.charCodeAt(0), 0);
  return `$${content}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
}

/** Degrees and minutes with five digits behind the point, and the hemisphere. */
function angle(degrees: number, digits: number, hemispheres: string): string {
  const minutesE5 = Math.round(Math.abs(degrees) * 6_000_000);
  const whole = String(Math.floor(minutesE5 / 6_000_000)).padStart(digits, '0');
  const minutes = String(minutesE5 % 6_000_000).padStart(7, '0');
  return `${whole}${minutes.slice(0, 2)}.${minutes.slice(2)},${hemispheres[degrees < 0 ? 1 : 0]}`;
}
