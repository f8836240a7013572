/**
 * Maxim MAX31865 with a PT1000 and a reference of 4300 ohm, at the level of registers. Datasheet MAX31865, 19-6478 Rev 3.
 * Single conversions and the automatic check of the wiring; neither continuous conversion nor the manual check.
 */
import type { Kernel } from '../kernel.ts';
import { type SensedAir, type SensorFault, SensorFaults } from './sensor-faults.ts';
import type { SpiChip } from './spi-chip.ts';

const CONFIG = 0;
const RTD = 1;
const HIGH_THRESHOLD = 3;
const LOW_THRESHOLD = 5;
const FAULTS = 7;

const BIAS = 0x80;
const ONE_SHOT = 0x20;
const THREE_WIRES = 0x10;
const CHECKS = 0x0c;
const AUTOMATIC_CHECK = 0x04;
const CLEAR = 0x02;
const REJECT_50_HZ = 0x01;

const CHECK_US = 600;
const CONVERSION_50_US = 66_000;
const CONVERSION_60_US = 55_000;
/** Ten of these are the 10 ms that the bias needs. */
const SETTLING_US = 1000;
const REFERENCE_OHM = 4300;
const FULL_SCALE = 32768;

/**
 * State of the cable, and what the chip makes of it (tables 10 to 12 of the datasheet): `open`: no thermometer; `short`:
 * its ends touch; `force-open` and `rtdin-low`: the leads of FORCE- and RTDIN-; `overvoltage`: a lead at the supply.
 */
export type Cable = 'sound' | 'open' | 'short' | 'force-open' | 'rtdin-low' | 'overvoltage';

export interface Max31865Readout {
  /** When the conversion was started. */
  readonly atUs: number;
  /** 15 bits: resistance over that of the reference. */
  readonly code: number;
}

export interface Max31865Options {
  readonly kernel: Kernel;
  /** What is at the thermometer: its humidity does not count. */
  readonly air: () => Pick<SensedAir, 'celsius'>;
  readonly wires: 2 | 3 | 4;
  /** Of each lead. */
  readonly leadOhm?: number;
  readonly onReadout?: (readout: Max31865Readout) => void;
  /**
   * `unplugged`: the thermometer, as `cable` open. `stuck-low`: the line from the chip is shorted. `bad-crc`: in each
   * transfer another bit is wrong.
   */
  readonly faults?: readonly SensorFault[];
}

export class Max31865 implements SpiChip {
  cable: Cable = 'sound';
  readonly #options: Max31865Options;
  readonly #faults: SensorFaults;
  readonly #registers = new Uint8Array(8);
  #biasUs = 0;
  #conversion: { readonly code: number; readonly startUs: number; readonly endUs: number } | undefined;
  #convertedUs = 0;
  #checkEndUs: number | undefined;
  #transfers = 0;

  constructor(options: Max31865Options) {
    this.#options = options;
    this.#faults = new SensorFaults(options.kernel, options.faults);
    this.powerCycle();
  }

  powerCycle(): void {
    this.#registers.set([0, 0, 0, 0xff, 0xff, 0, 0, 0]);
    this.#conversion = undefined;
    this.#checkEndUs = undefined;
    this.#convertedUs = 0;
  }

  transfer(bytes: Uint8Array): Uint8Array {
    const answer = new Uint8Array(bytes.length).fill(0xff);
    this.#catchUp();
    const [first = 0, ...rest] = bytes;
    const start = first & 0x7f;
    if (first & 0x80) for (const [index, value] of rest.entries()) this.#set(start + index, value);
    else answer.set(this.#read(start, rest.length), 1);
    if (first & 0x80 && start === CONFIG && rest.length > 0) this.#configured(rest[0] as number);
    if (this.#faults.has('stuck-low')) return answer.fill(0);
    const spoiled = this.#transfers++ % (8 * rest.length);
    if (this.#faults.has('bad-crc')) (answer[1 + (spoiled >> 3)] as number) ^= 1 << (spoiled & 7);
    return answer;
  }

  #read(start: number, count: number): Uint8Array {
    if (start <= RTD && start + count > RTD + 1)
      this.#options.onReadout?.({ atUs: this.#convertedUs, code: this.#code() });
    return Uint8Array.from({ length: count }, (_, index) => this.#registers[start + index] ?? 0);
  }

  #code(): number {
    return (this.#word(RTD) & 0xffff) >> 1;
  }

  #word(register: number): number {
    return ((this.#registers[register] as number) << 8) | (this.#registers[register + 1] as number);
  }

  /** The thermometer's and the fault register cannot be written. */
  #set(register: number, value: number): void {
    if (register >= HIGH_THRESHOLD && register < FAULTS) this.#registers[register] = value;
  }

  /** A configuration takes effect when the select line rises. */
  #configured(value: number): void {
    const { nowUs } = this.#options.kernel;
    const before = this.#registers[CONFIG] as number;
    if (value & BIAS && !(before & BIAS)) this.#biasUs = nowUs;
    if (value & CLEAR && !(value & (ONE_SHOT | CHECKS))) this.#registers[FAULTS] = 0;
    this.#checkEndUs = (value & CHECKS) === AUTOMATIC_CHECK ? nowUs + CHECK_US : undefined;
    if (value & ONE_SHOT && !this.#conversion) this.#convert(value);
    this.#registers[CONFIG] = value & ~CLEAR;
    this.#tellFaults();
  }

  #convert(config: number): void {
    const { nowUs } = this.#options.kernel;
    const endUs = nowUs + (config & REJECT_50_HZ ? CONVERSION_50_US : CONVERSION_60_US);
    const settled = config & BIAS ? 1 - Math.exp((this.#biasUs - nowUs) / SETTLING_US) : 0;
    const exact = (settled * this.#ohm(config) * FULL_SCALE) / REFERENCE_OHM;
    const code = Math.max(0, Math.min(FULL_SCALE - 1, Math.round(exact)));
    this.#conversion = { code, startUs: nowUs, endUs };
  }

  /** What stands between RTDIN+ and RTDIN-, corrected by the chip's compensation of a third wire if that is on. */
  #ohm(config: number): number {
    if (this.#isOpen()) return 1e9;
    if (this.cable === 'short') return 0;
    const { wires, leadOhm = 0 } = this.#options;
    const compensates = (config & THREE_WIRES) !== 0;
    const leads = { 2: 2, 3: compensates ? 0 : 1, 4: compensates ? -1 : 0 }[wires];
    const { celsius } = this.#faults.sense({ celsius: this.#options.air().celsius, humidityPct: 0 });
    return pt1000Ohm(celsius) + leads * leadOhm;
  }

  #catchUp(): void {
    const { nowUs } = this.#options.kernel;
    if (this.#checkEndUs !== undefined && nowUs >= this.#checkEndUs) {
      this.#checkEndUs = undefined;
      (this.#registers[CONFIG] as number) &= ~CHECKS;
      if ((this.#registers[CONFIG] as number) & BIAS) this.#checkWiring();
    }
    if (this.#conversion && nowUs >= this.#conversion.endUs) {
      const { code, startUs } = this.#conversion;
      this.#conversion = undefined;
      this.#convertedUs = startUs;
      this.#registers.set([code >> 7, (code << 1) & 0xff], RTD);
      (this.#registers[CONFIG] as number) &= ~ONE_SHOT;
      // The lowest bit of a threshold does not count.
      if (code >= this.#word(HIGH_THRESHOLD) >> 1) this.#fault(0x80);
      if (code <= this.#word(LOW_THRESHOLD) >> 1) this.#fault(0x40);
    }
    this.#tellFaults();
  }

  #checkWiring(): void {
    if (this.#isOpen()) this.#fault(0x20);
    if (this.cable === 'force-open') this.#fault(0x20 | 0x10);
    if (this.cable === 'rtdin-low') this.#fault(0x10 | 0x08);
  }

  #isOpen(): boolean {
    return this.cable === 'open' || this.#faults.has('unplugged');
  }

  #fault(bits: number): void {
    (this.#registers[FAULTS] as number) |= bits;
  }

  /** An overvoltage shows as long as it lasts; the lowest bit of the thermometer's register says that there is a fault. */
  #tellFaults(): void {
    if (this.cable === 'overvoltage') this.#fault(0x04);
    const low = (this.#registers[RTD + 1] as number) & 0xfe;
    this.#registers[RTD + 1] = low | (this.#registers[FAULTS] === 0 ? 0 : 1);
  }
}

/** Resistance of a PT1000, ohm: IEC 60751, equations 1 and 2. */
export function pt1000Ohm(celsius: number): number {
  const above = 1 + 3.9083e-3 * celsius - 5.775e-7 * celsius ** 2;
  const below = celsius < 0 ? -4.183e-12 * (celsius - 100) * celsius ** 3 : 0;
  return 1000 * (above + below);
}
