import type { Battery } from './battery.ts';
import type { EnergyAccount } from './energy.ts';
import { HOUR_US } from './kernel.ts';

/** What the world is asked for once in so long, whatever happens meanwhile. */
const STEP_US = HOUR_US / 6;

/**
 * Lets a board live on a battery: what the account says is drawn goes out of it. The two functions are asked about the
 * beginning of each step, after it, so they must answer for the hour that they are given, not for now; then what
 * `millivolts` gives does not depend on how often it is asked.
 *
 * @param celsius of the battery at an hour since the start
 * @param externalMilliamps what external power feeds into the battery at that hour, while it also carries the board: 0
 *   where the charger is off, undefined where there is no external power
 */
export function batteryOn(
  account: EnergyAccount,
  battery: Battery,
  celsius: (hour: number) => number,
  externalMilliamps: (hour: number) => number | undefined = () => undefined,
): { millivolts(): number } {
  let stepUs = 0;
  let degrees = celsius(0);
  let feed = externalMilliamps(0);

  function look(atUs: number): void {
    stepUs = atUs - (atUs % STEP_US);
    degrees = celsius(stepUs / HOUR_US);
    feed = externalMilliamps(stepUs / HOUR_US);
  }

  account.watch((fromUs, toUs, milliamps) => {
    for (let atUs = fromUs; atUs < toUs; ) {
      if (atUs - stepUs >= STEP_US) look(atUs);
      const untilUs = Math.min(toUs, stepUs + STEP_US);
      const hours = (untilUs - atUs) / HOUR_US;
      if (feed === undefined) battery.take(milliamps * hours, hours);
      else {
        battery.give(feed * hours, degrees);
        battery.take(0, hours);
      }
      atUs = untilUs;
    }
  });
  return {
    millivolts: () => {
      account.settle();
      return battery.millivolts(feed === undefined ? account.milliamps() : -feed, degrees);
    },
  };
}
