import type { Plain } from './cbor-item.ts';
import { areOfTypes } from './types.ts';

/** How a probe was calibrated: a CALIBRATED record of docs/journal.md. */
export interface Calibrated {
  place: number;
  /** What is added to its temperatures. */
  correctionC: number;
  /** Day since 1970 on which that is due again; 0 not stated. */
  dueDay: number;
  certificate: string;
}

const LAST_PLACE = 7;

/** The items of a CALIBRATED behind its kind; undefined when they are none. */
export function calibratedOf(items: readonly Plain[]): Calibrated | undefined {
  if (!areOfTypes(items, 'uiut')) return undefined;
  const [place, correction, dueDay, certificate] = items as [number, number, number, string];
  if (place < 1 || place > LAST_PLACE) return undefined;
  return { place, correctionC: correction / 1000, dueDay, certificate };
}
