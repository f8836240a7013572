import type { Message } from '../../console/frame.ts';

/** What one probe said; null: nothing. */
export interface ProbeReading {
  /** As docs/journal.md numbers places: 1 supply, 2 return, 3 ambient, 4 to 7 cargo. */
  readonly place: number;
  readonly milliC: number | null;
  readonly milliPercent: number | null;
  /** Why there is no temperature: 0 to 5 of docs/journal.md. */
  readonly reason: number | null;
}

/** What all probes said at one moment. */
export interface Reading {
  /** Milliseconds since 1970, by this computer. */
  readonly at: number;
  readonly probes: readonly ProbeReading[];
  /** 1 open, 0 shut, null: no contact. */
  readonly door: number | null;
}

const LAST_PLACE = 7;

/** The answer to `sensors`. A probe that no journal could hold is left out. */
export function readingOf(answer: Message, at: number): Reading {
  const probes = Array.isArray(answer['probes']) ? answer['probes'] : [];
  return {
    at,
    door: numberOrNull(answer['door']),
    probes: probes
      .filter(Array.isArray)
      .map(([place, milliC, milliPercent, reason]) => ({
        place: Number(place),
        milliC: numberOrNull(milliC),
        milliPercent: numberOrNull(milliPercent),
        reason: numberOrNull(reason),
      }))
      .filter(({ place }) => Number.isInteger(place) && place >= 1 && place <= LAST_PLACE),
  };
}

export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
