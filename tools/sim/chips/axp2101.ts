/** X-Powers AXP2101 at register level: the rails that the board switches, and the battery voltage. */
import type { I2cDevice } from './i2c-device.ts';

const STATUS1 = 0x00;
const BATTERY_PRESENT = 0x08;
const ADC_ENABLE = 0x30;
const VBAT_HIGH = 0x34;
const VBAT_LOW = 0x35;
const DC_ENABLE = 0x80;
const DC3_VOLTAGE = 0x84;
const LDO_ENABLE = 0x90;
const CHIP_ID = 0x03;

export interface Axp2101Options {
  readonly onModemSupply: (on: boolean) => void;
  readonly onAntenna: (on: boolean) => void;
  readonly batteryMillivolts: () => number;
}

export class Axp2101 implements I2cDevice {
  readonly #options: Axp2101Options;
  readonly #registers = new Uint8Array(256);
  #pointer = 0;

  constructor(options: Axp2101Options) {
    this.#options = options;
    this.#powerUp();
  }

  /** Power was gone: every register is as the chip's fuses have it, and the rails with them. */
  reset(): void {
    const modemBefore = this.#modemFed();
    const antennaBefore = this.#antennaFed();
    this.#powerUp();
    if (modemBefore) this.#options.onModemSupply(false);
    if (antennaBefore) this.#options.onAntenna(false);
  }

  #powerUp(): void {
    this.#pointer = 0;
    this.#registers.fill(0);
    this.#registers[CHIP_ID] = 0x4a;
    this.#registers[STATUS1] = BATTERY_PRESENT;
    this.#registers[DC_ENABLE] = 0x01; // DC1 feeds the processor
    this.#registers[LDO_ENABLE] = 0x10; // BLDO1 feeds the level shifter
  }

  write(bytes: Uint8Array): boolean {
    const [register, ...values] = bytes;
    if (register === undefined) return true;
    this.#pointer = register;
    for (const value of values) this.#set(this.#pointer++ & 0xff, value);
    return true;
  }

  read(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i++) bytes[i] = this.#get(this.#pointer++ & 0xff);
    return bytes;
  }

  #get(register: number): number {
    const measuring = (this.#registers[ADC_ENABLE] as number) & 1;
    const millivolts = measuring ? this.#options.batteryMillivolts() : 0;
    if (register === VBAT_HIGH) return (millivolts >> 8) & 0x1f;
    if (register === VBAT_LOW) return millivolts & 0xff;
    return this.#registers[register] as number;
  }

  #set(register: number, value: number): void {
    const modemBefore = this.#modemFed();
    const antennaBefore = this.#antennaFed();
    this.#registers[register] = value;
    if (this.#modemFed() !== modemBefore) this.#options.onModemSupply(!modemBefore);
    if (this.#antennaFed() !== antennaBefore) this.#options.onAntenna(!antennaBefore);
  }

  /** DC3 on, and at a voltage that a SIM7080 starts at (2.7 V is code 99). */
  #modemFed(): boolean {
    return (
      ((this.#registers[DC_ENABLE] as number) & 4) !== 0 &&
      ((this.#registers[DC3_VOLTAGE] as number) & 0x7f) >= 99
    );
  }

  #antennaFed(): boolean {
    return ((this.#registers[LDO_ENABLE] as number) & 0x20) !== 0;
  }
}
