import type { Clock } from '../clock.ts';
import { OK } from '../faults.ts';
import type { Gnss } from '../gnss.ts';
import type { Link, LinkTarget } from '../link.ts';
import type { Bench } from './bench.ts';
import { firstOf, type Rule, unless, until } from './rule.ts';

/** What hal/gnss.ts and hal/link.ts promise to each other when both are the same chip. */
export function sharedRadioContract(
  gnss: Gnss,
  link: Link,
  clock: Clock,
  bench: Bench,
  target: LinkTarget,
): Rule[] {
  /** Switch everything off, then judge. */
  function finish(done: (problem: string | null) => void, judge: () => string | null): void {
    let ended = 0;
    const count = (): void => {
      ended++;
    };
    link.close(() => {
      count();
      gnss.release(count);
    });
    until(
      clock,
      85,
      () => ended >= 2,
      () => {
        done(firstOf([judge(), unless(ended === 2, 'something was not switched off')]));
      },
    );
  }

  function open(): number[] {
    const faults: number[] = [];
    const nothing = (): void => {};
    link.open(
      target,
      180,
      (fault) => {
        faults.push(fault);
      },
      nothing,
      nothing,
    );
    return faults;
  }

  return [
    {
      name: 'says busy while the link has the radio, from its first moment on, and does it no harm',
      run: (done) => {
        bench('network well');
        const faults = open();
        const searches: (string | null)[] = [];
        const search = (): void => {
          gnss.locate(30, (failure) => {
            searches.push(failure);
          });
        };
        search();
        until(clock, 3, () => false, search);
        until(clock, 12, () => false, search);
        until(
          clock,
          190,
          () => faults.length > 0 && searches.length >= 3,
          () => {
            let released = 0;
            gnss.release(() => {
              released++;
            });
            let answers = '';
            link.send(new Uint8Array([1, 2, 3]), (ok) => {
              answers += ok ? 't' : 'f';
            });
            until(
              clock,
              25,
              () => answers !== '',
              () => {
                finish(done, () =>
                  firstOf([
                    unless(faults.length === 1 && faults[0] === OK, `open ended with ${faults.join(',')}`),
                    unless(
                      searches.join(',') === 'busy,busy,busy',
                      `the searches ended with ${searches.join(',')}`,
                    ),
                    unless(released === 1, `release called done ${released} times`),
                    unless(answers === 't', `send answered ${answers}`),
                  ]),
                );
              },
            );
          },
        );
      },
    },
    {
      name: 'does not open while a search has the radio, and opens afterwards without a power cycle',
      run: (done) => {
        bench('sky open');
        bench('network well');
        let found = 0;
        gnss.locate(90, (_failure, fix) => {
          if (fix !== null) found++;
        });
        const early = open();
        until(
          clock,
          130,
          () => found > 0,
          () => {
            const late = open();
            until(
              clock,
              190,
              () => late.length > 0,
              () => {
                finish(done, () =>
                  firstOf([
                    unless(
                      early.length === 1 && early[0] !== OK,
                      `the early open ended with ${early.join(',')}`,
                    ),
                    unless(found === 1, 'the search found nothing'),
                    unless(late.length === 1 && late[0] === OK, `the late open ended with ${late.join(',')}`),
                  ]),
                );
              },
            );
          },
        );
      },
    },
  ];
}
