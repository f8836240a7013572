import type { Clock } from '../hal/clock.ts';
import type { Fittings } from '../hal/fittings.ts';
import { LAST_PLACE } from '../hal/probe.ts';
import type { Climate, SensorFailure } from '../hal/thermo-hygrometer.ts';

/** Reasons for a missing value, in the order of docs/journal.md. */
export const REASONS: readonly SensorFailure[] = [
  'no-answer',
  'check',
  'not-ready',
  'range',
  'bus',
  'absent',
];

const NOT_FITTED: Climate = { tempMilliC: null, humidityMilliPct: null, failure: 'absent' };

/**
 * Let all probes measure that are configured (bit n for place n), at the same time. `done` gets what they gave by place, from
 * a timer: null where none is configured, `absent` where the board has none.
 */
export function measureAll(
  fittings: Fittings,
  configured: number,
  clock: Clock,
  done: (climates: readonly (Climate | null)[]) => void,
): void {
  const climates: (Climate | null)[] = [];
  while (climates.length <= LAST_PLACE)
    climates.push((configured & (1 << climates.length)) === 0 ? null : NOT_FITTED);
  let open = 0;
  function taken(): void {
    open--;
    if (open <= 0) done(climates);
  }
  fittings.probes.forEach((probe) => {
    if ((configured & (1 << probe.place)) === 0) return;
    open++;
    probe.sensor.measure((climate) => {
      climates[probe.place] = climate;
      taken();
    });
  });
  if (open === 0) clock.after(0, taken);
}
