import type { Alarm, Clock } from '../clock.ts';

/**
 * Espruino gives a new timer the number behind the last one that is still waiting: a number that has run comes back on
 * another timer, and clearTimeout would stop that one. Alarms have numbers of their own, used once.
 */
const timers: Record<number, number> = {};
let alarms = 0;

/** Espruino's RTC counts from 0 at power-on as long as nobody calls setTime; the firmware never does. */
export const espruinoClock: Clock = {
  uptimeS: () => getTime(),
  after: (delayMs, run): Alarm => {
    const alarm = ++alarms;
    timers[alarm] = setTimeout(() => {
      delete timers[alarm];
      run();
    }, delayMs);
    return alarm;
  },
  cancel: (alarm) => {
    const timer = timers[alarm];
    if (timer === undefined) return;
    delete timers[alarm];
    clearTimeout(timer);
  },
};
