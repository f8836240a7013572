/**
 * Maxim MAX31865 with a platinum thermometer PT1000 and a reference resistor of 4300 ohm, SPI mode 1 or 3, at most 5 MHz.
 * Datasheet: MAX31865, 19-6478 Rev 3: configuration register (table 2), thresholds (table 6), fault status (table 7),
 * decoding of faults (tables 10 to 12). Thermometer: IEC 60751, Callendar-Van Dusen.
 */
import type { Clock } from '../clock.ts';
import type { SpiDevice } from '../spi.ts';
import type { Climate, ThermoHygrometer } from '../thermo-hygrometer.ts';
import { failedClimate } from './failure.ts';

const WRITE = 0x80;
const CONFIG = 0x00;
const HIGH_THRESHOLD = 0x03; // two bytes, the low threshold behind them

const BIAS = 0x80;
const ONE_SHOT = 0x20; // clears itself at the end of the conversion
const THREE_WIRES = 0x10;
const CHECK_WIRING = 0x04; // clears itself
const CLEAR_FAULTS = 0x02; // clears itself
const REJECT_50_HZ = 0x01;

const FAULT_HIGH = 0x80;
const FAULT_LOW = 0x40;

/** For the reference's capacitor to charge. */
const BIAS_MS = 10;
/** A check of the wiring takes 0.6 ms at most; then the input has to settle again. */
const CHECK_MS = 3;
/** 66 ms at most with the filter for 50 Hz, and a little for the interpreter's timer. */
const CONVERSION_MS = 68;

const REFERENCE_OHM = 4300;
const FULL_SCALE = 32768;
/** As the thresholds' registers hold them, one bit to the left: 2000 ohm (266 C), where only an open circuit is, and 500 ohm (-123 C). */
const THRESHOLDS = [0x77, 0x12, 0x1d, 0xc4];

/** IEC 60751: R/R0 = 1 + At + Bt^2, and below 0 C with C(t - 100)t^3. */
const A = 3.9083e-3;
const B = -5.775e-7;
const C = -4.183e-12;
const NOMINAL_OHM = 1000;
/** From a start that is 2.4 K off at -200 C; two would do. */
const NEWTON_STEPS = 3;

/** Thousandths of a degree for a PT1000 of `ohm`, -200 to 850 C. */
export function pt1000MilliC(ohm: number): number {
  const ratio = ohm / NOMINAL_OHM;
  let t = (Math.sqrt(A * A - 4 * B * (1 - ratio)) - A) / (2 * B);
  if (t < 0)
    for (let i = 0; i < NEWTON_STEPS; i++) {
      const excess = 1 + t * (A + t * (B + t * (t - 100) * C)) - ratio;
      t -= excess / (A + t * (2 * B + t * (4 * t - 300) * C));
    }
  return Math.floor(t * 1000 + 0.5);
}

/** `wires`: how many lead to the thermometer. Two add their own resistance, at 3.9 ohm a degree. */
export function max31865(
  spi: SpiDevice,
  clock: Clock,
  options: { readonly wires: 2 | 3 | 4 },
): ThermoHygrometer {
  const idle = options.wires === 3 ? THREE_WIRES + REJECT_50_HZ : REJECT_50_HZ;

  function configure(bits: number): void {
    spi.transfer([WRITE + CONFIG, idle + bits]);
  }

  /** What came back behind the address byte: configuration, thermometer, high and low threshold, faults. */
  function readAll(): Uint8Array {
    const answer = spi.transfer([CONFIG, 0, 0, 0, 0, 0, 0, 0, 0]);
    return new Uint8Array(answer.buffer, answer.byteOffset + 1, 8);
  }

  /** Nothing on SPI has a check digit: what was written before has to come back, and everything twice. */
  function isTrue(registers: Uint8Array): boolean {
    const again = readAll();
    for (let i = 0; i < 8; i++) if (registers[i] !== again[i]) return false;
    for (let i = 0; i < 4; i++) if (registers[3 + i] !== THRESHOLDS[i]) return false;
    return (registers[0] | ONE_SHOT) === (idle | BIAS | ONE_SHOT);
  }

  function conclude(): Climate {
    const registers = readAll();
    let any = 0;
    let all = 0xff;
    for (let i = 0; i < 8; i++) {
      any |= registers[i];
      all &= registers[i];
    }
    if (any === 0) return failedClimate('bus');
    if (all === 0xff) return failedClimate('no-answer');
    if (!isTrue(registers)) return failedClimate('check');
    if (registers[0] & ONE_SHOT) return failedClimate('not-ready');
    if (registers[2] & 1) {
      const faults = registers[7];
      return failedClimate(faults & FAULT_HIGH ? 'absent' : faults & FAULT_LOW ? 'range' : 'bus');
    }
    const code = (registers[1] << 7) | (registers[2] >> 1);
    const tempMilliC = pt1000MilliC((code * REFERENCE_OHM) / FULL_SCALE);
    return { tempMilliC, humidityMilliPct: null, failure: null };
  }

  return {
    measure: (done) => {
      spi.transfer([WRITE + HIGH_THRESHOLD].concat(THRESHOLDS));
      configure(BIAS + CLEAR_FAULTS);
      clock.after(BIAS_MS + 1, () => {
        configure(BIAS + CHECK_WIRING);
        clock.after(CHECK_MS, () => {
          configure(BIAS + ONE_SHOT);
          clock.after(CONVERSION_MS, () => {
            const climate = conclude();
            configure(CLEAR_FAULTS);
            done(climate);
          });
        });
      });
    },
  };
}
