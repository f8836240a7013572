import type { Watchdog } from '../watchdog.ts';

export const espruinoWatchdog: Watchdog = {
  start: (seconds) => {
    E.enableWatchdog(seconds, false);
  },
  kick: () => {
    E.kickWatchdog();
  },
};
