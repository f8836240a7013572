import type { Battery } from './battery.ts';
import type { EnergyAccount } from './energy.ts';
import { HOUR_US } from './kernel.ts';

/** The temperature is asked for once in so long, whatever happens meanwhile. */
const STEP_US = HOUR_US / 6;

/** A battery with a board on it. */
export interface LoadedBattery {
  /** At its terminals now; `pulseMilliamps` more are drawn for too short a time to count. */
  millivolts(pulseMilliamps?: number): number;
  /**
   * From now on external power carries the board, and charges with so much: 0 where the charger is off, undefined where
   * there is no external power.
   */
  feed(milliamps: number | undefined): void;
}

/**
 * Lets a board live on a battery: what the account says is drawn goes out of it. The temperature is asked of the beginning
 * of each step, after it; then what `millivolts` gives does not depend on how often it is asked.
 *
 * @param celsius of the battery at an hour since the start
 */
export function batteryOn(
  account: EnergyAccount,
  battery: Battery,
  celsius: (hour: number) => number,
): LoadedBattery {
  let stepUs = 0;
  let degrees = celsius(0);
  let fed: number | undefined;

  account.watch((fromUs, toUs, milliamps) => {
    for (let atUs = fromUs; atUs < toUs; ) {
      if (atUs - stepUs >= STEP_US) {
        stepUs = atUs - (atUs % STEP_US);
        degrees = celsius(stepUs / HOUR_US);
      }
      const untilUs = Math.min(toUs, stepUs + STEP_US);
      const hours = (untilUs - atUs) / HOUR_US;
      if (fed === undefined) battery.take(milliamps * hours, hours);
      else {
        battery.give(fed * hours, degrees);
        battery.take(0, hours);
      }
      atUs = untilUs;
    }
  });
  return {
    millivolts: (pulseMilliamps = 0) => {
      account.settle();
      const drawn = fed === undefined ? account.milliamps() : -fed;
      return battery.millivolts(drawn + pulseMilliamps, degrees);
    },
    feed: (milliamps) => {
      account.settle();
      fed = milliamps;
    },
  };
}
