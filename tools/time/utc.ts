import type { Anchor, DeviceTime } from './anchor.ts';
import { UNMEASURED } from './oscillator.ts';
import type { Estimate } from './span.ts';
import { estimateOn, type Timeline, timelineOf } from './timeline.ts';

/** Wall time of a moment of the device's clock. */
export interface Utc {
  /** Milliseconds since 1970. */
  readonly utcMs: number;
  /** It is true within so many seconds, from 1. */
  readonly uncertaintyS: number;
}

/** Null as long as neither that power-on has an anchor nor one before and one behind it. */
export type UtcResolver = (at: DeviceTime) => Utc | null;

/** The journal tells time in whole seconds, and a reading is taken within 1 s of its row clock. */
const ROW_CLOCK_S = 1;

/** A device's clock over all its power-ons, as far as there are anchors. */
export class DeviceClock {
  readonly #timelines = new Map<number, Timeline>();
  /** Those that have anchors, ascending. */
  readonly #powerOns: readonly number[];

  constructor(anchors: readonly Anchor[]) {
    const byPowerOn = new Map<number, Anchor[]>();
    for (const anchor of anchors) {
      const others = byPowerOn.get(anchor.powerOn);
      if (others) others.push(anchor);
      else byPowerOn.set(anchor.powerOn, [anchor]);
    }
    this.#powerOns = [...byPowerOn.keys()].sort((a, b) => a - b);
    for (const [powerOn, own] of byPowerOn) this.#timelines.set(powerOn, timelineOf(own));
  }

  /** Anchors that are not gone by, as better ones contradict them. */
  get contradicted(): Anchor[] {
    return [...this.#timelines.values()].flatMap(({ contradicted }) => contradicted);
  }

  timeline(powerOn: number): Timeline | undefined {
    return this.#timelines.get(powerOn);
  }

  /** The timelines of the nearest power-ons with anchors, before and behind. */
  around(powerOn: number): { before: Timeline | undefined; behind: Timeline | undefined } {
    const before = this.#powerOns.findLast((other) => other < powerOn);
    const behind = this.#powerOns.find((other) => other > powerOn);
    return {
      before: before === undefined ? undefined : this.#timelines.get(before),
      behind: behind === undefined ? undefined : this.#timelines.get(behind),
    };
  }

  utc({ powerOn, monoS }: DeviceTime): Utc | null {
    const own = this.#timelines.get(powerOn);
    const estimate = own ? estimateOn(own.spans, monoS) : this.#between(powerOn, monoS);
    if (!estimate) return null;
    const { utcS, errorS } = estimate;
    return { utcMs: Math.round(utcS * 1000), uncertaintyS: Math.ceil(errorS + ROW_CLOCK_S) };
  }

  /** A power-on without an anchor lies between its neighbours: the middle of what they leave. */
  #between(powerOn: number, monoS: number): Estimate | undefined {
    const { before, behind } = this.around(powerOn);
    const last = before?.knots.at(-1);
    const first = behind?.knots[0];
    if (!last || !first) return undefined;
    const leastS = 1 - UNMEASURED;
    const earliestS = last.utcS - last.boundS + leastS * monoS;
    const latestS = first.utcS + first.boundS - leastS * first.monoS;
    if (latestS < earliestS) return undefined;
    return { utcS: (earliestS + latestS) / 2, errorS: (latestS - earliestS) / 2 };
  }
}

/** A resolver over `anchors`, which are in any order and of one device. */
export function resolveUtc(anchors: readonly Anchor[]): UtcResolver {
  const clock = new DeviceClock(anchors);
  return (at) => clock.utc(at);
}

/** As ISO 8601; null for no time, and for one beyond what a date can hold, as a clock that is wrong may tell. */
export function isoOf(utc: Utc | null): string | null {
  const date = new Date(utc?.utcMs ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
