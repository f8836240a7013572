import type { Battery } from './battery.ts';
import { batteryOn, type LoadedBattery } from './battery-on.ts';
import type { EnergyAccount } from './energy.ts';
import type { Kernel } from './kernel.ts';

/** The ESP32 needs 3.0 V (datasheets of ESP32 and ESP32-S3); that the regulator before it takes 0.1 V is an assumption. */
const LEAST_MILLIVOLTS = 3100;
/** Assumed: a battery that has given way takes the board up again when it has recovered so far, by warmth or a charge. */
const BACK_MILLIVOLTS = 3300;
/** Assumed: what a charger is set to that hangs on 500 mA of USB together with the board. */
const CHARGE_MILLIAMPS = 300;
const LOOK_US = 60_000_000;

export interface BatterySupplyParts {
  readonly kernel: Kernel;
  readonly account: EnergyAccount;
  readonly battery: Battery;
  /** Of the battery, at an hour since the start. */
  readonly celsius: (hour: number) => number;
  readonly externalPower: () => boolean;
  /** Whether the charger is on; asked where there is external power. */
  readonly charging: () => boolean;
  readonly isPowered: () => boolean;
  readonly powerOn: () => void;
  readonly powerOff: () => void;
}

/**
 * What feeds a virtual board that does not live on a constant: its battery, and external power that comes and goes. Where
 * the battery gives way the board is without power, until there is external power or the battery has recovered.
 */
export class BatterySupply {
  readonly battery: Battery;
  /** Times that the battery has given way. */
  brownOuts = 0;
  readonly #parts: BatterySupplyParts;
  readonly #loaded: LoadedBattery;
  #isGone = false;

  constructor(parts: BatterySupplyParts) {
    this.#parts = parts;
    this.battery = parts.battery;
    this.#loaded = batteryOn(parts.account, parts.battery, parts.celsius);
    const tick = (): void => {
      parts.kernel.after(LOOK_US, tick);
      this.look();
      if (this.#isGone && (parts.externalPower() || this.millivolts() >= BACK_MILLIVOLTS)) {
        this.#isGone = false;
        parts.powerOn();
      }
    };
    parts.kernel.after(0, tick);
  }

  /** At the terminals, under what the board draws. */
  millivolts(): number {
    return this.#loaded.millivolts();
  }

  /** To be called when the load, the charger or external power may have changed; by itself it looks once a minute. */
  look(pulseMilliamps = 0): void {
    const isFed = this.#parts.externalPower();
    this.#loaded.feed(isFed ? (this.#parts.charging() ? CHARGE_MILLIAMPS : 0) : undefined);
    if (!isFed && this.#loaded.millivolts(pulseMilliamps) < LEAST_MILLIVOLTS) this.giveWay();
  }

  /** The board loses its power behind what happens now. */
  giveWay(): void {
    if (this.#isGone || !this.#parts.isPowered()) return;
    this.#isGone = true;
    this.#parts.kernel.after(0, () => {
      // Something else may have taken the power in the same moment, and brings it back.
      this.#isGone = this.#parts.isPowered();
      if (!this.#isGone) return;
      this.brownOuts++;
      this.#parts.powerOff();
    });
  }
}
