/**
 * A reed contact at the doors, which a magnet closes to ground while they are shut, and where fitted a light sensor behind
 * them, at an ADC pin: its voltage rises with light.
 */
import type { DigitalInput } from '../digital-input.ts';
import type { Door } from '../door.ts';

/** Of the converter's full scale. In between the light tells nothing. */
const DARK_BELOW = 0.02;
const LIGHT_FROM = 0.1;

/** A board without sensors at the doors. */
export const noDoor: Door = { isOpen: () => null };

/** `light`: 0 to 1 of full scale, or null. With it, doors that are opened in the dark of night are unknown, not open. */
export function reedDoor(contact: DigitalInput, light: (() => number) | null): Door {
  return {
    isOpen: () => {
      const open = contact.isHigh();
      if (light === null) return open;
      const level = light();
      const isDoubtful = open ? level < DARK_BELOW : level >= LIGHT_FROM;
      return isDoubtful ? null : open;
    },
  };
}
