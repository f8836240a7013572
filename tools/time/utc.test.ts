import { describe, expect, test } from 'vitest';
import type { Anchor } from './anchor.ts';
import { DeviceClock, isoOf, resolveUtc } from './utc.ts';

let seq = 0;

const anchor = (monoS: number, utcS: number, source = 1, boundS = 1, powerOn = 1): Anchor => ({
  seq: seq++,
  powerOn,
  monoS,
  utcS,
  source,
  boundS,
});

/** Anchors by GNSS of a clock that loses `slow` of the time, every `everyS` of it. */
function ticking(slow: number, everyS: number, untilS: number): Anchor[] {
  const count = Math.floor(untilS / everyS) + 1;
  return Array.from({ length: count }, (_, i) => anchor(i * everyS, 1_000_000 + i * everyS * (1 + slow)));
}

describe('one anchor', () => {
  const utc = resolveUtc([anchor(1000, 5_000_000)]);

  test('dates what is before and behind it', () => {
    expect(utc({ powerOn: 1, monoS: 1600 })?.utcMs).toBe(5_000_600_000);
    expect(utc({ powerOn: 1, monoS: 0 })?.utcMs).toBe(4_999_000_000);
  });

  test('is true within its bound and the 1 s of the row clock, and each second from it adds a twentieth', () => {
    expect(utc({ powerOn: 1, monoS: 1000 })?.uncertaintyS).toBe(2);
    expect(utc({ powerOn: 1, monoS: 1000 + 3600 })?.uncertaintyS).toBe(2 + 180);
    expect(utc({ powerOn: 1, monoS: 1000 - 600 })?.uncertaintyS).toBe(2 + 30);
  });

  test('dates its own power-on only', () => {
    expect(utc({ powerOn: 2, monoS: 0 })).toBeNull();
  });
});

describe('two anchors', () => {
  const utc = resolveUtc([anchor(0, 1_000_000), anchor(10_000, 1_010_200)]);

  test('share what the clock was off by evenly over the time between them', () => {
    expect(utc({ powerOn: 1, monoS: 2500 })?.utcMs).toBe(1_002_550_000);
    expect(utc({ powerOn: 1, monoS: 7500 })?.utcMs).toBe(1_007_650_000);
  });

  test('leave 3 % of the way to the nearer one', () => {
    expect(utc({ powerOn: 1, monoS: 2500 })?.uncertaintyS).toBe(2 + 75);
    expect(utc({ powerOn: 1, monoS: 9000 })?.uncertaintyS).toBe(2 + 30);
  });

  test('give the rate for what is beyond them, on either side', () => {
    expect(utc({ powerOn: 1, monoS: 20_000 })?.utcMs).toBe(1_020_400_000);
    expect(utc({ powerOn: 1, monoS: -5000 })?.utcMs).toBe(994_900_000);
    // 3 % for a change of temperature, and 2 s in 10,000 s for the bounds of the anchors.
    expect(utc({ powerOn: 1, monoS: 20_000 })?.uncertaintyS).toBe(2 + 302);
  });

  test('that stand too near each other for their bounds give no rate', () => {
    const near = resolveUtc([anchor(0, 1_000_000, 2, 2), anchor(100, 1_000_103, 2, 2)]);
    expect(near({ powerOn: 1, monoS: 1100 })).toEqual({ utcMs: 1_001_103_000, uncertaintyS: 3 + 50 });
  });
});

test('the rate beyond the last anchor is the latest that is certain, not the mean of a whole journey', () => {
  const warm = ticking(0, 3600, 10 * 86_400);
  const last = warm[warm.length - 1];
  const cold = [1, 2, 3].map((i) => anchor(last.monoS + 3600 * i, last.utcS + 3672 * i));
  const utc = resolveUtc([...warm, ...cold]);
  expect(utc({ powerOn: 1, monoS: last.monoS + 14_400 })?.utcMs).toBe((last.utcS + 14_688) * 1000);
});

test('an anchor that says less about its own moment than another one does changes nothing', () => {
  const good = [anchor(0, 1_000_000), anchor(3600, 1_003_600)];
  const vague = anchor(3700, 1_003_720, 3, 40);
  const at = { powerOn: 1, monoS: 5000 };
  expect(resolveUtc([...good, vague])(at)).toEqual(resolveUtc(good)(at));
});

describe('anchors that contradict each other', () => {
  test('by their source: the network an hour off is not gone by, and is told', () => {
    const gnss = ticking(0.01, 3600, 36_000);
    const wrong = anchor(5000, 1_000_000 + 5050 + 3600, 2, 2);
    const right = anchor(30_000, 1_000_000 + 30_300, 2, 2);
    const clock = new DeviceClock([wrong, right, ...gnss]);
    expect(clock.contradicted).toEqual([wrong]);
    const utc = clock.utc({ powerOn: 1, monoS: 5000 });
    expect(Math.abs((utc?.utcMs ?? 0) / 1000 - 1_005_050)).toBeLessThan(2);
  });

  test('the network is believed against a collector', () => {
    const network = anchor(1000, 5_000_000, 2, 2);
    const collector = anchor(1100, 5_090_000, 3, 5);
    expect(new DeviceClock([collector, network]).contradicted).toEqual([collector]);
  });

  test('by number: of one source the one that stands alone is wrong, wherever it stands', () => {
    const all = ticking(-0.02, 3600, 20 * 3600);
    for (const index of [0, 7, 20]) {
      const wrong = { ...all[index], utcS: all[index].utcS + 619_315_200 };
      const clock = new DeviceClock(all.map((one, i) => (i === index ? wrong : one)));
      expect(clock.contradicted).toEqual([wrong]);
    }
  });

  test('a clock that is worse than any we assume is no contradiction', () => {
    expect(new DeviceClock(ticking(0.08, 3600, 86_400)).contradicted).toEqual([]);
  });
});

describe('a power-on without an anchor', () => {
  const before = anchor(5000, 1_000_000, 1, 1, 4);
  const behind = anchor(1000, 1_010_000, 1, 1, 7);

  test('lies between the last anchor before it and the first behind it', () => {
    const utc = resolveUtc([before, behind]);
    // From 999,999 to 1,010,001 less the 950 s that the later power-on had lasted at least.
    expect(utc({ powerOn: 5, monoS: 0 })).toEqual({ utcMs: 1_004_525_000, uncertaintyS: 4527 });
    // The further on, the later it can have been at the earliest.
    expect(utc({ powerOn: 6, monoS: 2000 })).toEqual({ utcMs: 1_005_475_000, uncertaintyS: 3577 });
  });

  test('has no time while one of them is missing, or both leave none', () => {
    expect(resolveUtc([before])({ powerOn: 5, monoS: 0 })).toBeNull();
    expect(resolveUtc([behind])({ powerOn: 5, monoS: 0 })).toBeNull();
    expect(resolveUtc([before, { ...behind, utcS: 900_000 }])({ powerOn: 5, monoS: 0 })).toBeNull();
  });
});

test('a time beyond what a date can hold is none', () => {
  expect(isoOf({ utcMs: 9e15, uncertaintyS: 1 })).toBeNull();
  expect(isoOf({ utcMs: 1_795_262_400_000, uncertaintyS: 1 })).toBe('2026-11-21T12:00:00.000Z');
});
