/**
 * Sensirion SHT4x at register level: commands, conversion time, CRC. Datasheet version 6.5, tables 7 and 8, section 4.
 */
import type { Kernel } from '../kernel.ts';
import type { I2cDevice } from './i2c-device.ts';

const CONVERSION_US: Record<number, number> = { 253: 8300, 246: 4500, 224: 1700 };
const SERIAL_NUMBER = 0x89;
const SOFT_RESET = 0x94;
const RESET_US = 1000;

/** What the chip handed out, counted where it leaves the chip. */
export interface SensorReadout {
  /** When the conversion was started. */
  readonly atUs: number;
  readonly temperatureCode: number;
  readonly humidityCode: number;
}

export interface Sht4xOptions {
  readonly kernel: Kernel;
  /** The air at the sensor. */
  readonly air: () => { celsius: number; humidityPct: number };
  readonly serial: number;
  readonly onReadout?: (readout: SensorReadout) => void;
}

export class Sht4x implements I2cDevice {
  /** Faults to switch on: answers nothing, or answers with a wrong check digit. */
  fault: 'none' | 'unplugged' | 'bad-crc' = 'none';
  readonly #options: Sht4xOptions;
  #answer: Uint8Array | undefined;
  #readout: SensorReadout | undefined;
  #readyUs = 0;

  constructor(options: Sht4xOptions) {
    this.#options = options;
  }

  write(bytes: Uint8Array): boolean {
    const now = this.#options.kernel.nowUs;
    const command = bytes[0];
    if (this.fault === 'unplugged' || command === undefined || bytes.length !== 1 || now < this.#readyUs)
      return false;
    const conversionUs = CONVERSION_US[command];
    this.#readout = undefined;
    this.#answer = undefined;
    if (conversionUs !== undefined) {
      const { celsius, humidityPct } = this.#options.air();
      const readout = {
        atUs: now,
        temperatureCode: code(celsius, -45, 175),
        humidityCode: code(humidityPct, -6, 125),
      };
      this.#readout = readout;
      this.#answer = words(readout.temperatureCode, readout.humidityCode);
      this.#readyUs = now + conversionUs;
    } else if (command === SERIAL_NUMBER) {
      this.#answer = words(this.#options.serial >>> 16, this.#options.serial & 0xffff);
    } else if (command === SOFT_RESET) {
      this.#readyUs = now + RESET_US;
    } else {
      return false;
    }
    return true;
  }

  read(count: number): Uint8Array | undefined {
    const answer = this.#answer;
    if (this.fault === 'unplugged' || !answer || this.#options.kernel.nowUs < this.#readyUs) return undefined;
    this.#answer = undefined;
    if (this.fault === 'bad-crc') answer[2] = (answer[2] as number) ^ 1;
    if (this.#readout && count >= answer.length) this.#options.onReadout?.(this.#readout);
    return answer.slice(0, count);
  }
}

/**
 * The 16-bit code of a value, 0 to 65535. The datasheet does not say which way the converter rounds; up keeps a value
 * that stands exactly on an edge of the journal's step on the side where plain rounding has it.
 */
function code(value: number, lowest: number, span: number): number {
  const exact = ((value - lowest) / span) * 65535;
  // Not up for the dust of floating point.
  return Math.max(0, Math.min(65535, Math.ceil(exact - 1e-6)));
}

function words(first: number, second: number): Uint8Array {
  return Uint8Array.of(
    first >> 8,
    first & 255,
    remainderOf(first),
    second >> 8,
    second & 255,
    remainderOf(second),
  );
}

/** CRC-8 of a word as plain polynomial division: x^8 + x^5 + x^4 + 1, start 0xFF. Written apart from the driver's. */
function remainderOf(word: number): number {
  let dividend = (word ^ 0xff00) << 8;
  for (let bit = 23; bit >= 8; bit--) if (dividend & (1 << bit)) dividend ^= 0x131 << (bit - 8);
  return dividend & 0xff;
}

/** Thousandths of a degree and of a percent that the datasheet's formulas give for two codes. */
export function convertReadout(readout: SensorReadout): { tempMilliC: number; humidityMilliPct: number } {
  const humidity = -6000 + Math.round((125_000 * readout.humidityCode) / 65535);
  return {
    tempMilliC: -45_000 + Math.round((175_000 * readout.temperatureCode) / 65535),
    humidityMilliPct: Math.min(100_000, Math.max(0, humidity)),
  };
}
