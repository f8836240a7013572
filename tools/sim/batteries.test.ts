import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { along, BATTERY_NAMES, batteryOf, findBattery } from './batteries.ts';
import { boardHardware } from './board-hardware.ts';

const file = JSON.parse(readFileSync(new URL('../data/batteries-2026-11.json', import.meta.url), 'utf8'));

describe('the file of batteries', () => {
  test.each(Object.keys(boardHardware))('says what the board %s is fitted with', (board) => {
    expect(batteryOf(board).capacity.milliampHours).toBeGreaterThan(1000);
  });

  test('has a source or an assumption for each figure', () => {
    const parts = BATTERY_NAMES.flatMap((name) => Object.values(findBattery(name)));
    const figures = [
      ...Object.values<object>(file.boards),
      ...parts.filter((part) => typeof part === 'object'),
    ];
    expect(figures.length).toBeGreaterThan(15);
    for (const figure of figures)
      expect(
        ['source', 'assumption'].filter((key) => key in figure),
        JSON.stringify(figure),
      ).toHaveLength(1);
  });

  test.each(BATTERY_NAMES)(
    'has curves for %s that go one way: up with the charge, down with the cold',
    (name) => {
      const { openCircuit, resistance, usable } = findBattery(name);
      const rises = (values: readonly number[]) =>
        values.every((value, i) => i === 0 || value >= (values[i - 1] as number));
      const { percentToMillivolts } = openCircuit;
      for (const curve of [percentToMillivolts, resistance.celsiusToMilliohms, usable.celsiusToShare])
        expect(rises(curve.map(([x]) => x))).toBe(true);
      expect(rises(percentToMillivolts.map(([, y]) => y))).toBe(true);
      expect(rises(usable.celsiusToShare.map(([, y]) => y))).toBe(true);
      expect(rises(resistance.celsiusToMilliohms.map(([, y]) => -y))).toBe(true);
      expect([percentToMillivolts[0]?.[0], percentToMillivolts.at(-1)?.[0]]).toEqual([0, 100]);
    },
  );

  test('is not guessed at for boards and batteries that it does not have', () => {
    expect(() => batteryOf('toString')).toThrow('which battery the board toString has');
    expect(() => findBattery('constructor')).toThrow('no battery "constructor"');
  });
});

test('a curve is straight between its points and flat beyond them', () => {
  const curve = [
    [-10, 4],
    [0, 2],
    [20, 3],
  ] as const;
  expect([-99, -10, -5, 0, 10, 20, 99].map((x) => along(curve, x))).toEqual([4, 4, 3, 2, 2.5, 3, 3]);
});
