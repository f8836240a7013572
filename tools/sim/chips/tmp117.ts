/**
 * Texas Instruments TMP117 at register level: pointer, conversions with their times, shutdown and one-shot.
 * Datasheet SNOSD82D: sections 7.3.1 to 7.4.3 and the register map. Limits are only kept; EEPROM is not modelled.
 */
import type { Kernel } from '../kernel.ts';
import type { I2cDevice } from './i2c-device.ts';
import { type SensorFault, SensorFaults } from './sensor-faults.ts';

const TEMPERATURE = 0x00;
const CONFIGURATION = 0x01;
const DEVICE_ID = 0x0f;
/** Power-on values of the others: high and low limit, and what the EEPROM holds. */
const RESET_VALUES = new Map([
  [0x02, 0x6000],
  [0x03, 0x8000],
]);
const WRITABLE = new Set([0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08]);

const CONFIGURATION_RESET = 0x0220;
/** Bits that a write changes; alerts, data ready and EEPROM busy are read only. */
const CONFIGURATION_MASK = 0x0ffc;
const DATA_READY = 0x2000;
const SOFT_RESET = 0x0002;
const NO_RESULT = 0x8000;

const POWER_UP_US = 1_500;
/** One conversion at its slowest, by the four settings of AVG: 1, 8, 32, 64 of them. */
const AVERAGED = [1, 8, 32, 64];
const CONVERSION_US = 17_500;
/** Least length of a cycle by the eight settings of CONV. */
const CYCLE_US = [15_500, 125_000, 250_000, 500_000, 1_000_000, 4_000_000, 8_000_000, 16_000_000];

/** What the chip handed out, counted where it leaves the chip. */
export interface Tmp117Readout {
  /** When the conversion ended. */
  readonly atUs: number;
  /** Signed, 7.8125 mC a count. */
  readonly code: number;
}

export interface Tmp117Options {
  readonly kernel: Kernel;
  /** The air at the sensor. */
  readonly air: () => { readonly celsius: number };
  readonly onReadout?: (readout: Tmp117Readout) => void;
  readonly faults?: readonly SensorFault[];
  /** Bits 15 to 12 of the identity. */
  readonly revision?: number;
}

export class Tmp117 implements I2cDevice {
  readonly #options: Tmp117Options;
  readonly #faults: SensorFaults;
  readonly #limits = new Map<number, number>();
  #pointer = TEMPERATURE;
  #configuration = CONFIGURATION_RESET;
  #dataReady = false;
  #code: number | undefined;
  #codeUs = 0;
  /** When the conversion that is under way ends; undefined in shutdown. */
  #endsUs: number | undefined;
  #awakeUs = 0;

  constructor(options: Tmp117Options) {
    this.#options = options;
    this.#faults = new SensorFaults(options.kernel, options.faults);
    this.reset();
  }

  /** Power was gone and is back. */
  reset(): void {
    this.#pointer = TEMPERATURE;
    this.#configuration = CONFIGURATION_RESET;
    this.#dataReady = false;
    this.#code = undefined;
    this.#limits.clear();
    this.#awakeUs = this.#options.kernel.nowUs + POWER_UP_US;
    this.#endsUs = this.#awakeUs + this.#conversionUs();
  }

  write(bytes: Uint8Array): boolean {
    if (!this.#answers()) return false;
    this.#catchUp();
    const [pointer, high, low] = bytes;
    if (pointer === undefined) return true;
    this.#pointer = pointer & 0x0f;
    if (high !== undefined && low !== undefined) this.#set((high << 8) | low);
    return true;
  }

  read(count: number): Uint8Array | undefined {
    if (!this.#answers()) return undefined;
    this.#catchUp();
    const word = this.#get(count);
    const bytes = Uint8Array.from({ length: count }, (_, index) =>
      index % 2 === 0 ? word >> 8 : word & 255,
    );
    // No check digit would tell: the wrong bit goes out as if it were right.
    if (this.#faults.has('bad-crc') && bytes.length > 0) bytes[0] = (bytes[0] as number) ^ 1;
    return bytes;
  }

  holdsSda(): boolean {
    return this.#faults.holdsSda();
  }

  clockPulse(): void {
    this.#faults.clockPulse();
  }

  #answers(): boolean {
    return !this.#faults.has('unplugged') && this.#options.kernel.nowUs >= this.#awakeUs;
  }

  #get(count: number): number {
    if (this.#pointer === CONFIGURATION) {
      const word = this.#configuration | (this.#dataReady ? DATA_READY : 0);
      this.#dataReady = false;
      return word;
    }
    if (this.#pointer === DEVICE_ID) return ((this.#options.revision ?? 0) << 12) | 0x117;
    if (this.#pointer !== TEMPERATURE)
      return this.#limits.get(this.#pointer) ?? RESET_VALUES.get(this.#pointer) ?? 0;
    this.#dataReady = false;
    if (this.#code === undefined) return NO_RESULT;
    if (count >= 2) this.#options.onReadout?.({ atUs: this.#codeUs, code: this.#code });
    return this.#code & 0xffff;
  }

  #set(word: number): void {
    if (WRITABLE.has(this.#pointer)) this.#limits.set(this.#pointer, word);
    if (this.#pointer !== CONFIGURATION) return;
    if (word & SOFT_RESET) {
      this.reset();
      return;
    }
    this.#configuration = word & CONFIGURATION_MASK;
    // Any write of this register starts anew; in shutdown nothing does.
    const { nowUs } = this.#options.kernel;
    this.#endsUs = this.#mode() === 1 ? undefined : nowUs + this.#conversionUs();
  }

  /** Conversions that have ended since somebody looked: the last of them counts. */
  #catchUp(): void {
    const { nowUs } = this.#options.kernel;
    if (this.#endsUs === undefined || nowUs < this.#endsUs) return;
    const isOneShot = this.#mode() === 3;
    const cycleUs = Math.max(CYCLE_US[(this.#configuration >> 7) & 7] as number, this.#conversionUs());
    const more = isOneShot ? 0 : Math.floor((nowUs - this.#endsUs) / cycleUs);
    this.#codeUs = this.#endsUs + more * cycleUs;
    const { celsius } = this.#faults.sense({ celsius: this.#options.air().celsius, humidityPct: 0 });
    this.#code = Math.max(-32768, Math.min(32767, Math.round(celsius * 128)));
    this.#dataReady = true;
    this.#endsUs = isOneShot ? undefined : this.#codeUs + cycleUs;
    // One-shot ends in shutdown.
    if (isOneShot) this.#configuration = (this.#configuration & ~0x0c00) | 0x0400;
  }

  /** 0 and 2 continuous, 1 shutdown, 3 one-shot. */
  #mode(): number {
    return (this.#configuration >> 10) & 3;
  }

  #conversionUs(): number {
    return CONVERSION_US * (AVERAGED[(this.#configuration >> 5) & 3] as number);
  }
}
