import type { Clock } from '../clock.ts';
import { firstOf, immediate, type Rule, unless, until } from './rule.ts';

/** The contract of hal/clock.ts. */
export function clockContract(clock: Clock): Rule[] {
  return [
    {
      name: 'counts seconds that never go back, with fractions',
      run: (done) => {
        const startS = clock.uptimeS();
        let lastS = startS;
        let back = false;
        until(
          clock,
          2,
          () => {
            const nowS = clock.uptimeS();
            if (nowS < lastS) back = true;
            lastS = nowS;
            return false;
          },
          () => {
            const passedS = lastS - startS;
            done(
              firstOf([
                unless(!back, 'time went back'),
                unless(passedS > 1.5 && passedS < 3, `2 s took ${passedS} s`),
              ]),
            );
          },
        );
      },
    },
    {
      name: 'runs an alarm once, not before its time and not from inside after',
      run: (done) => {
        const startS = clock.uptimeS();
        let runs = 0;
        let afterS = 0;
        clock.after(50, () => {
          runs++;
          afterS = clock.uptimeS() - startS;
        });
        const inside = runs > 0;
        until(
          clock,
          1,
          () => false,
          () => {
            done(
              firstOf([
                unless(!inside, 'ran from inside after'),
                unless(runs === 1, `ran ${runs} times`),
                // A microsecond for the rounding of seconds that are kept as a fraction.
                unless(afterS >= 0.049999, `ran after ${afterS} s`),
              ]),
            );
          },
        );
      },
    },
    {
      name: 'runs an alarm for now later',
      run: (done) => {
        let ran = false;
        clock.after(0, () => {
          ran = true;
        });
        const inside = ran;
        until(
          clock,
          1,
          () => ran,
          () => {
            done(firstOf([unless(!inside, 'ran from inside after'), unless(ran, 'never ran')]));
          },
        );
      },
    },
    {
      name: 'runs alarms in the order of their times',
      run: (done) => {
        let order = '';
        clock.after(40, () => {
          order += 'c';
        });
        clock.after(10, () => {
          order += 'a';
        });
        clock.after(20, () => {
          order += 'b';
        });
        until(
          clock,
          1,
          () => order.length === 3,
          () => {
            done(unless(order === 'abc', `the order was ${order}`));
          },
        );
      },
    },
    {
      name: 'does not run what was cancelled',
      run: (done) => {
        let ran = false;
        const alarm = clock.after(20, () => {
          ran = true;
        });
        clock.cancel(alarm);
        until(
          clock,
          1,
          () => ran,
          () => {
            done(unless(!ran, 'ran all the same'));
          },
        );
      },
    },
    {
      name: 'accepts that an alarm which has run is cancelled, and touches no other',
      run: (done) => {
        let ran = false;
        const spent = clock.after(1, () => {
          clock.after(20, () => {
            ran = true;
          });
          clock.cancel(spent);
          clock.cancel(spent);
        });
        until(
          clock,
          1,
          () => ran,
          () => {
            done(unless(ran, 'another alarm was cancelled'));
          },
        );
      },
    },
    immediate('accepts that an alarm is cancelled twice', () => {
      const alarm = clock.after(20, () => {});
      clock.cancel(alarm);
      clock.cancel(alarm);
      return null;
    }),
  ];
}
