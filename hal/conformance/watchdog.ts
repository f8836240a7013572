import type { Clock } from '../clock.ts';
import type { Watchdog } from '../watchdog.ts';
import { type Rule, until } from './rule.ts';

/**
 * The part of the contract of hal/watchdog.ts that a program can see without being reset. It cannot be stopped, so this
 * comes last; that it bites when nobody kicks is for the outside to see.
 */
export function watchdogContract(watchdog: Watchdog, clock: Clock): Rule[] {
  return [
    {
      name: 'lets a program run that kicks in time',
      run: (done) => {
        let kicks = 0;
        const kick = (): void => {
          watchdog.kick();
          kicks++;
          if (kicks < 4) clock.after(20000, kick);
        };
        watchdog.start(30);
        clock.after(20000, kick);
        until(
          clock,
          120,
          () => kicks >= 4,
          () => {
            done(null);
          },
        );
      },
    },
  ];
}
