/**
 * Sensirion SHT4x at register level: commands, conversion time, CRC, heater. Datasheet version 6.5, tables 7 and 8,
 * section 4.
 */
import type { I2cDevice } from './i2c-device.ts';
import {
  type SensirionOptions,
  type SensorReadout,
  sensirionCode,
  sensirionWords,
} from './sensirion-words.ts';
import { SensorFaults } from './sensor-faults.ts';
import { Heater, PULSES } from './sht4x-heater.ts';

export type { SensorReadout } from './sensirion-words.ts';

const CONVERSION_US: Readonly<Record<number, number>> = { 253: 8300, 246: 4500, 224: 1700 };
const SERIAL_NUMBER = 0x89;
const SOFT_RESET = 0x94;
const RESET_US = 1000;

export class Sht4x implements I2cDevice {
  /** Faults to switch on: answers nothing, or answers with a wrong check digit. */
  fault: 'none' | 'unplugged' | 'bad-crc' = 'none';
  readonly #options: SensirionOptions;
  readonly #faults: SensorFaults;
  readonly #heater = new Heater();
  #answer: Uint8Array | undefined;
  #readout: SensorReadout | undefined;
  #readyUs = 0;

  constructor(options: SensirionOptions) {
    this.#options = options;
    this.#faults = new SensorFaults(options.kernel, options.faults);
  }

  write(bytes: Uint8Array): boolean {
    const command = bytes[0];
    if (this.#isOff() || command === undefined || bytes.length !== 1 || this.#isBusy()) return false;
    const now = this.#options.kernel.nowUs;
    const conversionUs = CONVERSION_US[command];
    const pulse = PULSES[command];
    this.#readout = undefined;
    this.#answer = undefined;
    if (conversionUs !== undefined) {
      this.#readout = this.#convert();
      this.#answer = sensirionWords(this.#readout.temperatureCode, this.#readout.humidityCode);
      this.#readyUs = now + conversionUs;
    } else if (pulse) {
      // Converted before the heater goes off, and no readout of the air.
      this.#readyUs = now + pulse.durationUs + 8300;
      this.#heater.heat(pulse, now);
      const { temperatureCode, humidityCode } = this.#convert();
      this.#answer = sensirionWords(temperatureCode, humidityCode);
    } else if (command === SERIAL_NUMBER) {
      this.#answer = sensirionWords(this.#options.serial >>> 16, this.#options.serial & 0xffff);
    } else if (command === SOFT_RESET) {
      this.#readyUs = now + RESET_US;
    } else {
      return false;
    }
    return true;
  }

  read(count: number): Uint8Array | undefined {
    const answer = this.#answer;
    if (this.#isOff() || !answer || this.#isBusy()) return undefined;
    this.#answer = undefined;
    if (this.fault === 'bad-crc' || this.#faults.has('bad-crc')) answer[2] = (answer[2] as number) ^ 1;
    if (this.#readout && count >= answer.length) this.#options.onReadout?.(this.#readout);
    return answer.slice(0, count);
  }

  holdsSda(): boolean {
    return this.#faults.holdsSda();
  }

  clockPulse(): void {
    this.#faults.clockPulse();
  }

  #isOff(): boolean {
    return this.fault === 'unplugged' || this.#faults.has('unplugged');
  }

  #isBusy(): boolean {
    return this.#options.kernel.nowUs < this.#readyUs;
  }

  #convert(): SensorReadout {
    const atUs = this.#options.kernel.nowUs;
    const { celsius, humidityPct } = this.#faults.sense(this.#heater.around(this.#options.air(), atUs));
    return {
      atUs,
      temperatureCode: sensirionCode(celsius, -45, 175),
      humidityCode: sensirionCode(humidityPct, -6, 125),
    };
  }
}

/** Thousandths of a degree and of a percent that the datasheet's formulas give for two codes. */
export function convertReadout(readout: SensorReadout): { tempMilliC: number; humidityMilliPct: number } {
  const humidity = -6000 + Math.round((125_000 * readout.humidityCode) / 65535);
  return {
    tempMilliC: -45_000 + Math.round((175_000 * readout.temperatureCode) / 65535),
    humidityMilliPct: Math.min(100_000, Math.max(0, humidity)),
  };
}
