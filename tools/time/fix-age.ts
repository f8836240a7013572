import type { JournalRecord } from '../decode/record.ts';
import type { DeviceTime } from './anchor.ts';

/** Seconds since the last position that is known to have been found in the same power-on; null when none is. */
export type FixAge = (at: DeviceTime) => number | null;

/** How old the last FIX among `records` was at any time. */
export function fixAges(records: readonly JournalRecord[]): FixAge {
  const byPowerOn = new Map<number, number[]>();
  for (const { kind, powerOn, monoS } of records) {
    if (kind !== 'FIX') continue;
    const others = byPowerOn.get(powerOn);
    if (others) others.push(monoS);
    else byPowerOn.set(powerOn, [monoS]);
  }
  for (const here of byPowerOn.values()) here.sort((a, b) => a - b);
  return ({ powerOn, monoS }) => {
    const here = byPowerOn.get(powerOn) ?? [];
    let low = 0;
    let high = here.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (here[middle] <= monoS) low = middle + 1;
      else high = middle;
    }
    return low > 0 ? monoS - here[low - 1] : null;
  };
}
