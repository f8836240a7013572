/**
 * X-Powers AXP2101 at register level: the rails that the board switches, the battery voltage, and whether the charger
 * charges. Datasheet V1.4, section 6.7.2 and the register list.
 */
import type { I2cDevice } from './i2c-device.ts';

const STATUS1 = 0x00;
const VBUS_GOOD = 0x20;
const BATTERY_PRESENT = 0x08;
const STATUS2 = 0x01;
/** Bits 6:5, where the battery's current goes; bit 4, the system is on; bits 2:0, what the charger does. */
const CHARGES = 0x20;
const DISCHARGES = 0x40;
const SYSTEM_ON = 0x10;
const PRE_CHARGE = 1;
const CONSTANT_CURRENT = 2;
const CONSTANT_VOLTAGE = 3;
const CHARGE_DONE = 4;
const NOT_CHARGING = 5;
const CHARGER = 0x18;
const CELL_CHARGE = 0x02;
/** The fuel gauge and the charger are on. */
const CHARGER_RESET = 0x0a;
const TS_PIN = 0x50;
const TS_IGNORED = 0x10;
/** Below this a cell is charged gently; from there the voltage is held; 4.2 V is full. */
const PRE_CHARGED_MILLIVOLTS = 3000;
const HELD_FROM_MILLIVOLTS = 4180;
const FULL_MILLIVOLTS = 4200;
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
  /** Whether VBUS is fed. Unset: never. */
  readonly externalPower?: () => boolean;
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
    this.#registers[CHARGER] = CHARGER_RESET;
    this.#registers[DC_ENABLE] = 0x01; // DC1 feeds the processor
    this.#registers[LDO_ENABLE] = 0x10; // BLDO1 feeds the level shifter
  }

  /** The battery takes current. */
  get charging(): boolean {
    return (this.#status2() & CHARGES) !== 0;
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
    if (register === STATUS1) return BATTERY_PRESENT | (this.#isFed() ? VBUS_GOOD : 0);
    if (register === STATUS2) return this.#status2();
    if (register === VBAT_HIGH) return (millivolts >> 8) & 0x1f;
    if (register === VBAT_LOW) return millivolts & 0xff;
    return this.#registers[register] as number;
  }

  #isFed(): boolean {
    return this.#options.externalPower?.() ?? false;
  }

  #status2(): number {
    if (!this.#isFed()) return DISCHARGES | SYSTEM_ON | NOT_CHARGING;
    const allowed = ((this.#registers[CHARGER] as number) & CELL_CHARGE) !== 0;
    // The board has no thermistor, and a TS pin that floats is a cell out of its range.
    const isWarm = ((this.#registers[TS_PIN] as number) & TS_IGNORED) !== 0;
    if (!allowed || !isWarm) return SYSTEM_ON | NOT_CHARGING;
    const millivolts = this.#options.batteryMillivolts();
    if (millivolts >= FULL_MILLIVOLTS) return SYSTEM_ON | CHARGE_DONE;
    if (millivolts >= HELD_FROM_MILLIVOLTS) return CHARGES | SYSTEM_ON | CONSTANT_VOLTAGE;
    return CHARGES | SYSTEM_ON | (millivolts < PRE_CHARGED_MILLIVOLTS ? PRE_CHARGE : CONSTANT_CURRENT);
  }

  #set(register: number, value: number): void {
    // Status is read only.
    if (register <= STATUS2) return;
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
