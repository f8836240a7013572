import type { Clock } from '../clock.ts';

/** Espruino's RTC counts from 0 at power-on as long as nobody calls setTime; the firmware never does. */
export const espruinoClock: Clock = {
  uptimeS: () => getTime(),
  after: (delayMs, run) => setTimeout(run, delayMs),
  cancel: (alarm) => {
    clearTimeout(alarm);
  },
};
