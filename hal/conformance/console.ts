import type { Clock } from '../clock.ts';
import type { Console } from '../console.ts';
import { immediate, type Rule, unless } from './rule.ts';

/** The contract of hal/console.ts. */
export function consoleContract(console: Console, clock: Clock): Rule[] {
  return [
    immediate('writes lines of any length and does not wait for a reader', () => {
      const startS = clock.uptimeS();
      console.line('');
      console.line('x'.padStart(200, ' '));
      console.line('all of printable ASCII, as in ~{}|"\\');
      const tookS = clock.uptimeS() - startS;
      return unless(tookS < 1, `took ${tookS} s`);
    }),
  ];
}
