import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate, stretches } from './decimate.ts';

const flat = Array.from({ length: 1000 }, (_, index) => ({ hour: index / 10, value: 2 }));

describe('decimate', () => {
  it('keeps an excursion of one sample, wherever it falls', () => {
    const at = fc.integer({ min: 0, max: flat.length - 1 });
    fc.assert(
      fc.property(at, fc.constantFrom(-9, 9), (index, excursion) => {
        const points = flat.map((point, i) => (i === index ? { ...point, value: excursion } : point));
        expect(decimate(points, 3)).toContainEqual(points[index]);
      }),
    );
  });

  it('keeps at most four points a column, in time order, with the first and the last', () => {
    const values = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, (list) => {
        const points = list.map((value, index) => ({ hour: index / 6, value }));
        const kept = decimate(points, 5);
        expect(kept.length).toBeLessThanOrEqual(4 * Math.ceil(list.length / 30));
        expect(kept).toEqual([...kept].sort((one, other) => one.hour - other.hour));
        expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      }),
    );
  });

  it('leaves a series alone that is thinner than the columns', () => {
    const points = [1, 5, 3].map((value, hour) => ({ hour, value }));
    expect(decimate(points, 1)).toEqual(points);
  });

  it('makes nothing of nothing', () => {
    expect(decimate([], 1)).toEqual([]);
  });
});

describe('stretches', () => {
  const at = (hour: number, value: number | null) => ({ hour, value });

  it('ends a stretch at a null and starts the next behind it', () => {
    expect(stretches([at(0, 1), at(1, 2), at(2, null), at(3, 4)])).toEqual([
      [at(0, 1), at(1, 2)],
      [at(3, 4)],
    ]);
  });

  it('does not draw over a time in which nothing was read', () => {
    expect(stretches([at(0, 1), at(1, 1), at(2, 1), at(9, 1), at(10, 1)]).map((run) => run.length)).toEqual([
      3, 2,
    ]);
  });

  it('finds none where every value is missing', () => {
    expect(stretches([at(0, null), at(1, null)])).toEqual([]);
  });
});
