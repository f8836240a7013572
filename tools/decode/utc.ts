import type { JournalRecord } from './record.ts';

/** A moment by the device's clock: the count of its power-ons and the seconds since the last of them. */
export interface DeviceTime {
  powerOn: number;
  monoS: number;
}

/** Where a device's clock stood at a known time. */
export interface Anchor extends DeviceTime {
  /** Of the record that was written then. */
  seq: number;
  /** Seconds since 1970. */
  utcS: number;
}

/** UTC in milliseconds since 1970, or null as long as that power-on has no anchor. */
export type UtcResolver = (at: DeviceTime) => number | null;

/**
 * The anchors among `records`: ANCHORs, FIXes with a clock, and KEPTs with one, which stands for an anchor at the first of
 * their readings.
 */
export function anchorsOf(records: readonly JournalRecord[]): Anchor[] {
  return records.flatMap((record) => {
    if (!('utcS' in record) || record.utcS === null) return [];
    const { seq, powerOn, monoS } = record.kind === 'KEPT' ? record.readings[0] : record;
    return [{ seq, powerOn, monoS, utcS: record.utcS }];
  });
}

/**
 * A resolver over `anchors`. The nearest of the same power-on decides, the earlier one when two are equally near: the
 * device's clock drifts, so distance is error.
 */
export function resolveUtc(anchors: readonly Omit<Anchor, 'seq'>[]): UtcResolver {
  const byPowerOn = new Map<number, Omit<Anchor, 'seq'>[]>();
  for (const anchor of anchors) {
    const others = byPowerOn.get(anchor.powerOn);
    if (others) others.push(anchor);
    else byPowerOn.set(anchor.powerOn, [anchor]);
  }
  for (const here of byPowerOn.values()) here.sort((a, b) => a.monoS - b.monoS);

  return ({ powerOn, monoS }) => {
    const here = byPowerOn.get(powerOn);
    if (!here) return null;
    const after = firstAtOrAfter(here, monoS);
    const candidates = [here[after - 1], here[after]].filter((anchor) => anchor !== undefined);
    const nearest = candidates.reduce((best, anchor) =>
      Math.abs(anchor.monoS - monoS) < Math.abs(best.monoS - monoS) ? anchor : best,
    );
    return (nearest.utcS + monoS - nearest.monoS) * 1000;
  };
}

function firstAtOrAfter(anchors: readonly DeviceTime[], monoS: number): number {
  let low = 0;
  let high = anchors.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((anchors[middle] as DeviceTime).monoS < monoS) low = middle + 1;
    else high = middle;
  }
  return low;
}
