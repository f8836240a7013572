/** A moment by the device's clock: the count of its power-ons and the seconds since the last of them. */
export interface DeviceTime {
  powerOn: number;
  monoS: number;
}

/** Where a device's clock stood at a known time. */
export interface Anchor extends DeviceTime {
  /** Seconds since 1970. */
  utcS: number;
}

/** UTC in milliseconds since 1970, or null as long as that power-on has no anchor. */
export type UtcResolver = (at: DeviceTime) => number | null;

/**
 * A resolver over the ANCHORs among `records` (any other record is ignored). The nearest anchor of the same power-on
 * decides, the earlier one when two are equally near: the device's clock drifts, so distance is error.
 */
export function resolveUtc(records: readonly (DeviceTime & { kind: string; utcS?: number })[]): UtcResolver {
  const byPowerOn = new Map<number, Anchor[]>();
  for (const { kind, powerOn, monoS, utcS } of records) {
    if (kind !== 'ANCHOR' || utcS === undefined) continue;
    const anchors = byPowerOn.get(powerOn) ?? [];
    anchors.push({ powerOn, monoS, utcS });
    byPowerOn.set(powerOn, anchors);
  }
  for (const anchors of byPowerOn.values()) anchors.sort((a, b) => a.monoS - b.monoS);

  return ({ powerOn, monoS }) => {
    const anchors = byPowerOn.get(powerOn);
    if (!anchors) return null;
    const after = firstAtOrAfter(anchors, monoS);
    const candidates = [anchors[after - 1], anchors[after]].filter((anchor) => anchor !== undefined);
    const nearest = candidates.reduce((best, anchor) =>
      Math.abs(anchor.monoS - monoS) < Math.abs(best.monoS - monoS) ? anchor : best,
    );
    return (nearest.utcS + monoS - nearest.monoS) * 1000;
  };
}

function firstAtOrAfter(anchors: readonly Anchor[], monoS: number): number {
  let low = 0;
  let high = anchors.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((anchors[middle] as Anchor).monoS < monoS) low = middle + 1;
    else high = middle;
  }
  return low;
}
