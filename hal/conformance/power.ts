import type { Power, WakeCause } from '../power.ts';
import { immediate, type Rule, unless } from './rule.ts';

/** The part of the contract of hal/power.ts that a program can see without ending. */
export function powerContract(power: Power, cause: WakeCause): Rule[] {
  return [
    immediate('tells why the tracker runs, each time the same', () => {
      const first = power.wakeCause();
      const second = power.wakeCause();
      return unless(first === cause && second === cause, `told ${first}, then ${second}`);
    }),
  ];
}
