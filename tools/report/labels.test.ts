import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, placeLabels } from './labels.ts';

const frame = { width: 600, height: 400 };

describe('placeLabels', () => {
  it('never puts a label over another, over a station or outside the map', () => {
    const anchor = fc.record({ x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 400 }) });
    const wish = fc.record({
      anchor,
      width: fc.integer({ min: 20, max: 140 }),
      height: fc.constantFrom(14, 27),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 25 }), (wishes) => {
        const placed = placeLabels(wishes, [], frame).filter((label) => label !== undefined);
        for (const [index, label] of placed.entries()) {
          expect(placed.slice(index + 1).some((other) => overlaps(label, other, 0))).toBe(false);
          expect(wishes.some(({ anchor: at }) => overlaps(label, { ...at, width: 0, height: 0 }, 0))).toBe(
            false,
          );
          expect(overlaps(label, { x: 0, y: 0, ...frame }, 0)).toBe(true);
          expect(label.x >= 0 && label.x + label.width <= frame.width).toBe(true);
          expect(label.y >= 0 && label.y + label.height <= frame.height).toBe(true);
        }
      }),
    );
  });

  it('leads a line to a label that had to stand off', () => {
    const crowd = Array.from({ length: 6 }, (_, index) => ({
      anchor: { x: 300 + (index % 2) * 12, y: 200 + Math.floor(index / 2) * 12 },
      width: 60,
      height: 14,
    }));
    const placed = placeLabels(crowd, [], frame);
    expect(placed.every((label) => label !== undefined)).toBe(true);
    expect(placed.some((label) => label?.leader !== undefined)).toBe(true);
  });

  it('would rather not cover the route', () => {
    const route = Array.from({ length: 40 }, (_, index) => ({ x: 300 + index * 5, y: 200 }));
    const [label] = placeLabels([{ anchor: { x: 300, y: 200 }, width: 60, height: 14 }], route, frame);
    expect(label?.x).toBeLessThan(300);
  });
});
