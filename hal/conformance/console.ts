import type { Clock } from '../clock.ts';
import type { Console } from '../console.ts';
import type { Bench } from './bench.ts';
import { immediate, type Rule, unless } from './rule.ts';

/** The contract of hal/console.ts. */
export function consoleContract(console: Console, clock: Clock, bench: Bench): Rule[] {
  return [
    immediate('writes lines of any length and does not wait for a reader', () => {
      const startS = clock.uptimeS();
      console.line('');
      console.line('x'.padStart(200, ' '));
      console.line('all of printable ASCII, as in ~{}|"\\');
      const tookS = clock.uptimeS() - startS;
      return unless(tookS < 1, `took ${tookS} s`);
    }),
    {
      name: 'tells what is typed to the one who listens last, and to nobody when told so',
      run: (done) => {
        let first = '';
        let heard = '';
        console.listen((bytes) => {
          first += bytes;
        });
        console.listen((bytes) => {
          heard += bytes;
        });
        bench('keys abc');
        clock.after(100, () => {
          console.listen(null);
          bench('keys abc');
          clock.after(100, () => {
            done(unless(first === '' && heard === 'abc', `the first heard ${first}, the last ${heard}`));
          });
        });
      },
    },
  ];
}
