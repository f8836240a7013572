import { describe, expect, it } from 'vitest';
import { uncovered } from './coverage.ts';

const track = (pattern: string) =>
  [...pattern].map((mark, hour) => ({ hour, latDeg: 0, lonDeg: 0, km: hour, covered: mark === '+' }));
const hoursOf = (pattern: string) => uncovered(track(pattern)).map((hole) => hole.map(({ hour }) => hour));

describe('uncovered', () => {
  it('finds each hole with its last and first covered neighbour', () => {
    expect(hoursOf('++--++-+')).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7],
    ]);
  });

  it('finds holes at both ends of the ride', () => {
    expect(hoursOf('-++--')).toEqual([
      [0, 1],
      [2, 3, 4],
    ]);
  });

  it('finds none where all is covered', () => {
    expect(hoursOf('+++')).toEqual([]);
  });
});
