import type { Clock } from '../clock.ts';
import type { Fix, Gnss, GnssFailure } from '../gnss.ts';
import type { Bench } from './bench.ts';
import { firstOf, type Rule, unless, until } from './rule.ts';

interface Search {
  calls: number;
  inside: boolean;
  failure: GnssFailure | null;
  fix: Fix | null;
  tookS: number;
}

/** The contract of hal/gnss.ts. Nobody else uses the chip. */
export function gnssContract(gnss: Gnss, clock: Clock, bench: Bench): Rule[] {
  function locate(deadlineS: number): Search {
    const search: Search = { calls: 0, inside: false, failure: null, fix: null, tookS: 0 };
    const startS = clock.uptimeS();
    let within = true;
    gnss.locate(deadlineS, (failure, fix) => {
      search.calls++;
      search.inside = within;
      search.failure = failure;
      search.fix = fix;
      search.tookS = clock.uptimeS() - startS;
    });
    within = false;
    return search;
  }

  /** Release; then judge, once nothing more can come. */
  function finish(done: (problem: string | null) => void, judge: () => string | null): void {
    let releases = 0;
    gnss.release(() => {
      releases++;
    });
    until(
      clock,
      45,
      () => false,
      () => {
        bench('sky open');
        done(firstOf([judge(), unless(releases === 1, `release called done ${releases} times`)]));
      },
    );
  }

  function isCalledOnce(search: Search, deadlineS: number): string | null {
    return firstOf([
      unless(search.calls === 1, `locate called done ${search.calls} times`),
      unless(!search.inside, 'locate called done from inside itself'),
      unless(search.tookS <= deadlineS + 20, `locate took ${search.tookS} s`),
    ]);
  }

  function isPlausible(fix: Fix | null): string | null {
    if (fix === null) return 'no fix under an open sky';
    return firstOf([
      unless(fix.latE5 >= 0 && fix.latE5 <= 6500000, `latitude ${fix.latE5}`),
      unless(fix.lonE5 >= -1500000 && fix.lonE5 <= 14000000, `longitude ${fix.lonE5}`),
      unless(Math.round(fix.latE5) === fix.latE5 && Math.round(fix.lonE5) === fix.lonE5, 'not whole steps'),
      unless(fix.utcS === null || fix.utcS > 1767225600, `time ${fix.utcS}`),
      unless(fix.satellites >= 3, `${fix.satellites} satellites`),
    ]);
  }

  return [
    {
      name: 'finds a plausible position under an open sky',
      run: (done) => {
        bench('sky open');
        const search = locate(90);
        until(
          clock,
          130,
          () => search.calls > 0,
          () => {
            finish(done, () => firstOf([isCalledOnce(search, 90), isPlausible(search.fix)]));
          },
        );
      },
    },
    {
      name: 'finds none without a sky, and says so in time',
      run: (done) => {
        bench('sky covered');
        const search = locate(60);
        until(
          clock,
          85,
          () => search.calls > 0,
          () => {
            finish(done, () =>
              firstOf([
                isCalledOnce(search, 60),
                unless(search.fix === null && search.failure === 'no-fix', `ended with ${search.failure}`),
              ]),
            );
          },
        );
      },
    },
    {
      name: 'says busy to a second search, and finishes the first',
      run: (done) => {
        bench('sky open');
        const first = locate(90);
        const second = locate(90);
        until(
          clock,
          130,
          () => first.calls > 0,
          () => {
            finish(done, () =>
              firstOf([
                isCalledOnce(first, 90),
                isPlausible(first.fix),
                isCalledOnce(second, 90),
                unless(
                  second.failure === 'busy' && second.fix === null,
                  `the second ended with ${second.failure}`,
                ),
              ]),
            );
          },
        );
      },
    },
    {
      name: 'can be released when it was never used',
      run: (done) => {
        finish(done, () => null);
      },
    },
    {
      name: 'can be released as soon as a search has begun',
      run: (done) => {
        const search = locate(90);
        finish(done, () =>
          firstOf([isCalledOnce(search, 90), unless(search.fix === null, 'found something')]),
        );
      },
    },
    {
      name: 'can be released in the middle of a search',
      run: (done) => {
        bench('sky covered');
        const search = locate(300);
        until(
          clock,
          30,
          () => false,
          () => {
            finish(done, () =>
              firstOf([isCalledOnce(search, 90), unless(search.fix === null, 'found something')]),
            );
          },
        );
      },
    },
    {
      name: 'finds a position again after it was released',
      run: (done) => {
        bench('sky open');
        const search = locate(90);
        until(
          clock,
          130,
          () => search.calls > 0,
          () => {
            finish(done, () => firstOf([isCalledOnce(search, 90), isPlausible(search.fix)]));
          },
        );
      },
    },
  ];
}
