import { describe, expect, it } from 'vitest';
import { syntheticRide } from './testing/fixture.ts';
import { verdictOf } from './verdict.ts';

const clean = { ...syntheticRide().summary, samples: 3612, inDatabase: 3612, lost: 0, invented: 0 };

describe('verdictOf', () => {
  it('says in one line that nothing is missing', () => {
    expect(verdictOf(clean)).toEqual({
      good: true,
      sentence: '3,612 readings taken, 3,612 delivered exactly once, 0 lost, 0 invented',
    });
  });

  it('is bad when a reading is lost', () => {
    expect(verdictOf({ ...clean, inDatabase: 3611, lost: 1 })).toEqual({
      good: false,
      sentence: '3,612 readings taken, 3,611 delivered exactly once, 1 lost, 0 invented',
    });
  });

  it('is bad when a reading is invented, and does not count it as delivered', () => {
    expect(verdictOf({ ...clean, inDatabase: 3613, invented: 1 })).toEqual({
      good: false,
      sentence: '3,612 readings taken, 3,612 delivered exactly once, 0 lost, 1 invented',
    });
  });

  it('does not hide readings that were taken and never reached flash', () => {
    const { good, sentence } = verdictOf({ ...clean, inDatabase: 3610 });
    expect(good).toBe(false);
    expect(sentence).toContain('2 taken and never stored');
  });
});
