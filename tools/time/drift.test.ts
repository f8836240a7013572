/** The stated uncertainty against clocks that drift as the simulator's do. */
import { expect, test } from 'vitest';
import { type Random, randomStream } from '../sim/random.ts';
import { rcDrift } from '../sim/rc-clock.ts';
import type { Anchor } from './anchor.ts';
import { resolveUtc, type UtcResolver } from './utc.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const START_S = 1_795_262_400;
const INTERVAL_S = 600;

interface Moment {
  /** Seconds since departure. */
  readonly trueS: number;
  readonly monoS: number;
}

/** A clock that runs at the temperature's drift, and the moments at which it reads a multiple of the interval. */
function life(
  drift: (celsius: number) => number,
  celsius: (trueS: number) => number,
  untilS: number,
): Moment[] {
  const moments: Moment[] = [];
  let trueS = 0;
  for (let monoS = 0; trueS <= untilS; monoS += INTERVAL_S) {
    moments.push({ trueS, monoS });
    trueS += INTERVAL_S / (1 + drift(celsius(trueS)));
  }
  return moments;
}

/** A FIX there, up to the 1 s off that docs/journal.md allows. */
function fixAt({ trueS, monoS }: Moment, random: Random): Anchor {
  const utcS = Math.round(START_S + trueS + random.next() - 0.5);
  return { seq: monoS, powerOn: 1, monoS, utcS, source: 1, boundS: 1 };
}

interface Judged {
  worstErrorS: number;
  worstStatedS: number;
  /** Moments whose error is more than what was stated. */
  broken: number;
}

function judge(utc: UtcResolver, moments: readonly Moment[]): Judged {
  const judged = { worstErrorS: 0, worstStatedS: 0, broken: 0 };
  for (const { trueS, monoS } of moments) {
    const told = utc({ powerOn: 1, monoS });
    if (!told) throw new Error('no time');
    const errorS = Math.abs(told.utcMs / 1000 - START_S - trueS);
    judged.worstErrorS = Math.max(judged.worstErrorS, errorS);
    judged.worstStatedS = Math.max(judged.worstStatedS, told.uncertaintyS);
    if (errorS > told.uncertaintyS) judged.broken++;
  }
  return judged;
}

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

/** A warm day with a fix every hour, then ten days at -30 C without one, between which the cold comes within six hours. */
function coldRide(seed: number) {
  const celsius = (trueS: number): number => 25 - 55 * Math.min(1, Math.max(0, (trueS - DAY) / (6 * HOUR)));
  const moments = life(rcDrift(seed), celsius, 11 * DAY);
  const random = randomStream(seed, 'fixes');
  const warm = moments.filter(({ trueS, monoS }) => trueS <= DAY && monoS % HOUR === 0);
  return { moments, random, fixes: warm.map((moment) => fixAt(moment, random)) };
}

test('after ten days without a fix at -30 C every reading is as near to the truth as stated, which is 7.5 hours at most', () => {
  let worst = { worstErrorS: 0, worstStatedS: 0 };
  for (const seed of SEEDS) {
    const { moments, fixes } = coldRide(seed);
    const judged = judge(resolveUtc(fixes), moments);
    expect(judged.broken, `seed ${seed}`).toBe(0);
    worst = {
      worstErrorS: Math.max(worst.worstErrorS, judged.worstErrorS),
      worstStatedS: Math.max(worst.worstStatedS, judged.worstStatedS),
    };
  }
  // The clocks do lose hours: what is stated is no exaggeration.
  expect(worst.worstErrorS).toBeGreaterThan(5 * HOUR);
  expect(worst.worstStatedS).toBeLessThan(7.5 * HOUR);
});

test('the next fix brings the error of those ten days down to ten minutes, and each is still as stated', () => {
  let worstErrorS = 0;
  for (const seed of SEEDS) {
    const { moments, fixes, random } = coldRide(seed);
    const next = fixAt(moments[moments.length - 1], random);
    const judged = judge(resolveUtc([...fixes, next]), moments);
    expect(judged.broken, `seed ${seed}`).toBe(0);
    worstErrorS = Math.max(worstErrorS, judged.worstErrorS);
  }
  expect(worstErrorS).toBeLessThan(600);
});

test('with a fix every four hours, through days that swing by 30 K, each reading is as near as stated', () => {
  for (const seed of SEEDS) {
    const celsius = (trueS: number): number => -10 + 15 * Math.sin((2 * Math.PI * trueS) / DAY);
    const moments = life(rcDrift(seed), celsius, 5 * DAY);
    const random = randomStream(seed, 'fixes');
    const fixes = moments
      .filter(({ monoS }) => monoS % (4 * HOUR) === 0)
      .map((moment) => fixAt(moment, random));
    const { broken, worstErrorS, worstStatedS } = judge(resolveUtc(fixes), moments);
    expect(broken, `seed ${seed}`).toBe(0);
    expect(worstErrorS).toBeLessThan(60);
    expect(worstStatedS).toBeLessThanOrEqual(432);
  }
});

test('a tracker that wakes in the cold and has had one fix alone is still as near as stated', () => {
  for (const seed of SEEDS) {
    const moments = life(rcDrift(seed), () => -30, 10 * DAY);
    const fixes = [fixAt(moments[0], randomStream(seed, 'fixes'))];
    expect(judge(resolveUtc(fixes), moments).broken, `seed ${seed}`).toBe(0);
  }
});
