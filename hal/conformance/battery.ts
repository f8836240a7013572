import type { Battery } from '../battery.ts';
import type { Bench } from './bench.ts';
import { immediate, type Rule, unless } from './rule.ts';

/** The contract of hal/battery.ts. */
export function batteryContract(battery: Battery, bench: Bench): Rule[] {
  return [
    immediate('measures whole millivolts', () => {
      bench('gauge well');
      const level = battery.millivolts();
      return unless(
        level !== null && Math.round(level) === level && level >= 3000 && level <= 4400,
        `gave ${level}`,
      );
    }),
    immediate('gives null when the gauge does not answer', () => {
      bench('gauge unplugged');
      const level = battery.millivolts();
      bench('gauge well');
      return unless(level === null, `gave ${level}`);
    }),
    immediate('gives null when no battery is fitted', () => {
      bench('gauge no-battery');
      const level = battery.millivolts();
      bench('gauge well');
      return unless(level === null, `gave ${level}`);
    }),
  ];
}
