import type { DigitalInput } from '../digital-input.ts';

/** `mode`: GPIO34 to GPIO39 of the ESP32 have no pull-ups; there the board must have them. */
export function espruinoDigitalInput(pin: number, mode: 'input' | 'input_pullup'): DigitalInput {
  Pin(pin).mode(mode);
  return { isHigh: () => Pin(pin).read() };
}
