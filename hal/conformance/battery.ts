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
    immediate('tells what it knows of power from outside', () => {
      bench('gauge well');
      const external = battery.external();
      return unless(external === null || external === true || external === false, `gave ${external}`);
    }),
    immediate('knows nothing of power from outside when the gauge does not answer', () => {
      bench('gauge unplugged');
      const external = battery.external();
      bench('gauge well');
      return unless(external === null, `gave ${external}`);
    }),
    immediate('can allow charging where it can forbid it, and again', () => {
      bench('gauge well');
      const forbids = battery.allowCharge(false);
      const forbidsAgain = battery.allowCharge(false);
      const allows = battery.allowCharge(true);
      return unless(
        (forbids === true || forbids === false) && forbidsAgain === forbids && allows === forbids,
        `gave ${forbids}, ${forbidsAgain}, ${allows}`,
      );
    }),
    immediate('says so when the charger does not hear', () => {
      bench('gauge unplugged');
      const forbids = battery.allowCharge(false);
      bench('gauge well');
      return unless(forbids === false, `gave ${forbids}`);
    }),
  ];
}
