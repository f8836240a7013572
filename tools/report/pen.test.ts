import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pen } from './pen.ts';

/** Follows relative path data to the absolute points it runs through. */
function follow(data: string): [number, number][] {
  const numbers = [...data.matchAll(/-?(?:\d*\.\d+|\d+)/g)].map(([text]) => Number(text));
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (let index = 0; index < numbers.length; index += 2) {
    x += numbers[index] ?? 0;
    y += numbers[index + 1] ?? 0;
    points.push([x, y]);
  }
  return points;
}

describe('Pen', () => {
  const coordinate = fc.double({ min: -2000, max: 2000, noNaN: true });

  it('runs through every point, to a tenth, however long the line', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 200 }), (points) => {
        const pen = new Pen();
        pen.moveTo(...(points[0] as [number, number]));
        for (const point of points.slice(1)) pen.lineTo(...point);
        for (const [index, [x, y]] of follow(String(pen)).entries()) {
          expect(Math.abs(x - (points[index]?.[0] ?? Number.NaN))).toBeLessThan(0.051);
          expect(Math.abs(y - (points[index]?.[1] ?? Number.NaN))).toBeLessThan(0.051);
        }
      }),
    );
  });

  it('leaves out short steps but never the end of a line', () => {
    const pen = new Pen(1);
    pen.moveTo(0, 0);
    for (let step = 1; step <= 25; step++) pen.lineTo(step / 10, 0);
    expect(String(pen)).toBe('M0 0l1 0 1 0 .5 0');
  });

  it('shows a line that stands still as a point', () => {
    const pen = new Pen(1);
    pen.moveTo(3, 4);
    pen.lineTo(3.2, 4);
    pen.moveTo(8, 8);
    pen.lineTo(8, 8);
    expect(String(pen)).toBe('M3 4l.2 0M8 8l0 0');
  });

  it('leaves out a ring too small to cover anything', () => {
    const pen = new Pen(1);
    pen.moveTo(0, 0);
    pen.lineTo(0.2, 0);
    pen.lineTo(0, 0.2);
    pen.closePath();
    expect(String(pen)).toBe('');
  });
});
