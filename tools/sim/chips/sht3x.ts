/**
 * Sensirion SHT3x-DIS at register level: 16-bit commands, single shot without clock stretching, status register, CRC.
 * Datasheet version 7 (2022): system timing, single shot mode, status register, checksum, conversion. Periodic modes and
 * alert limits are not modelled; the chip does not acknowledge their commands here.
 */
import type { I2cDevice } from './i2c-device.ts';
import {
  type SensirionOptions,
  type SensorReadout,
  sensirionCode,
  sensirionWords,
} from './sensirion-words.ts';
import { SensorFaults } from './sensor-faults.ts';

/** High, medium, low repeatability; the longest that each takes above 2.4 V. */
const CONVERSION_US = new Map([
  [0x2400, 15_000],
  [0x240b, 6_000],
  [0x2416, 4_000],
]);
const SERIAL_NUMBER = 0x3780;
const STATUS = 0xf32d;
const CLEAR_STATUS = 0x3041;
const SOFT_RESET = 0x30a2;
const RESET_US = 1_500;
/** A command is taken 1 ms after the last one at the earliest. */
const BETWEEN_COMMANDS_US = 1_000;

/** Alert pending, and a reset since the status was cleared. */
const STATUS_AFTER_RESET = 0x8010;
const COMMAND_FAILED = 0x0002;
/** The bits that a clear clears: alerts and reset. */
const CLEARABLE = 0x8c10;

export class Sht3x implements I2cDevice {
  readonly #options: SensirionOptions;
  readonly #faults: SensorFaults;
  #answer: Uint8Array | undefined;
  #readout: SensorReadout | undefined;
  #readyUs = 0;
  #listensUs = 0;
  #status = STATUS_AFTER_RESET;

  constructor(options: SensirionOptions) {
    this.#options = options;
    this.#faults = new SensorFaults(options.kernel, options.faults);
  }

  /** Power was gone and is back. */
  reset(): void {
    this.#answer = undefined;
    this.#readout = undefined;
    this.#status = STATUS_AFTER_RESET;
    this.#readyUs = this.#options.kernel.nowUs + RESET_US;
  }

  write(bytes: Uint8Array): boolean {
    const now = this.#options.kernel.nowUs;
    const [high, low] = bytes;
    if (this.#faults.has('unplugged') || now < this.#readyUs || now < this.#listensUs) return false;
    if (high === undefined || low === undefined || bytes.length !== 2) return false;
    this.#listensUs = now + BETWEEN_COMMANDS_US;
    this.#readout = undefined;
    this.#answer = undefined;
    const done = this.#obey((high << 8) | low, now);
    this.#status = done ? this.#status & ~COMMAND_FAILED : this.#status | COMMAND_FAILED;
    return done;
  }

  read(count: number): Uint8Array | undefined {
    const answer = this.#answer;
    const { nowUs } = this.#options.kernel;
    if (this.#faults.has('unplugged') || !answer || nowUs < this.#readyUs) return undefined;
    this.#answer = undefined;
    if (this.#faults.has('bad-crc')) answer[2] = (answer[2] as number) ^ 1;
    if (this.#readout && count >= answer.length) this.#options.onReadout?.(this.#readout);
    return answer.slice(0, count);
  }

  holdsSda(): boolean {
    return this.#faults.holdsSda();
  }

  clockPulse(): void {
    this.#faults.clockPulse();
  }

  #obey(command: number, now: number): boolean {
    const conversionUs = CONVERSION_US.get(command);
    if (conversionUs !== undefined) {
      const { celsius, humidityPct } = this.#faults.sense(this.#options.air());
      const temperatureCode = sensirionCode(celsius, -45, 175);
      const humidityCode = sensirionCode(humidityPct, 0, 100);
      this.#readout = { atUs: now, temperatureCode, humidityCode };
      this.#answer = sensirionWords(temperatureCode, humidityCode);
      this.#readyUs = now + conversionUs;
    } else if (command === SERIAL_NUMBER) {
      this.#answer = sensirionWords(this.#options.serial >>> 16, this.#options.serial & 0xffff);
    } else if (command === STATUS) {
      this.#answer = sensirionWords(this.#status);
    } else if (command === CLEAR_STATUS) {
      this.#status &= ~CLEARABLE;
    } else if (command === SOFT_RESET) {
      this.reset();
    } else {
      return false;
    }
    return true;
  }
}

/** Thousandths of a degree and of a percent that the datasheet's formulas give for two codes. */
export function convertSht3xReadout(readout: SensorReadout): {
  tempMilliC: number;
  humidityMilliPct: number;
} {
  return {
    tempMilliC: -45_000 + Math.round((175_000 * readout.temperatureCode) / 65535),
    humidityMilliPct: Math.round((100_000 * readout.humidityCode) / 65535),
  };
}
