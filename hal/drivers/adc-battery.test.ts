import { expect, it } from 'vitest';
import { adcBattery } from './adc-battery.ts';

it('tells the voltage in front of the divider', () => {
  expect(adcBattery(() => 0.5909).millivolts()).toBe(3900);
});

it('takes the mean of what a noisy converter reads', () => {
  const noise = [0.59, 0.592, 0.588, 0.59];
  expect(adcBattery(() => noise.shift() ?? 0).millivolts()).toBe(3894);
});

it('tells nothing where no battery is connected', () => {
  expect(adcBattery(() => 0.02).millivolts()).toBeNull();
});

it('is fed from outside where it runs without a voltage at the pin, and has no hold of the charger', () => {
  expect(adcBattery(() => 0.02).external()).toBe(true);
  const battery = adcBattery(() => 0.59);
  expect(battery.external()).toBe(false);
  expect([battery.allowCharge(false), battery.allowCharge(true)]).toEqual([false, false]);
});
