/**
 * A battery behind two equal resistors at an ADC pin of the ESP32. Its charger works by itself and tells the processor
 * nothing. The pin reads nothing while USB feeds the board: who runs without a voltage there is fed from outside.
 */
import type { Battery } from '../battery.ts';

/** Full scale at 11 dB of attenuation, which Espruino sets. Not calibrated: some percent off. */
const FULL_SCALE_MILLIVOLTS = 3300;
const DIVIDER = 2;
/** On USB without a battery the pin floats low; no lithium cell that still works is this empty. */
const LEAST_MILLIVOLTS = 2000;
const READINGS = 4;

/** `read` gives 0 to 1 of full scale. */
export function adcBattery(read: () => number): Battery {
  function millivolts(): number | null {
    let sum = 0;
    for (let i = 0; i < READINGS; i++) sum += read();
    const value = Math.round((sum / READINGS) * FULL_SCALE_MILLIVOLTS * DIVIDER);
    return value < LEAST_MILLIVOLTS ? null : value;
  }
  return {
    millivolts,
    external: () => millivolts() === null,
    allowCharge: () => false,
  };
}
