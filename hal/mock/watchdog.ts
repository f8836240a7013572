import type { Alarm, Clock } from '../clock.ts';
import type { Watchdog } from '../watchdog.ts';

/** Thrown out of the clock at the moment at which a real watchdog would have reset the board. */
export class WatchdogBite extends Error {}

export interface MockWatchdog extends Watchdog {
  /** How often it has bitten. */
  bites: number;
  kicks: number;
}

export function mockWatchdog(clock: Clock): MockWatchdog {
  let limitS = 0;
  let alarm: Alarm | undefined;

  function wind(): void {
    if (alarm !== undefined) clock.cancel(alarm);
    if (limitS === 0) return;
    alarm = clock.after(limitS * 1000, () => {
      mock.bites++;
      limitS = 0;
      throw new WatchdogBite('the watchdog bit');
    });
  }

  const mock: MockWatchdog = {
    bites: 0,
    kicks: 0,
    start: (seconds) => {
      limitS = seconds;
      wind();
    },
    kick: () => {
      mock.kicks++;
      wind();
    },
  };
  return mock;
}
