import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ride } from '../tools/ride/ride.ts';
import { randomStream } from '../tools/sim/random.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-climate-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A minute series with values of many decimals, on edges between steps, and over the whole range of a reefer. */
function series(rows: number): string {
  const random = randomStream(3, 'climate test');
  const lines = ['time,temperature,humidity'];
  for (let row = 0; row < rows; row++) {
    const time = new Date(Date.UTC(2026, 0, 1, 0, row)).toISOString().slice(0, 19).replace('T', ' ');
    const edge = row % 3 === 0;
    const celsius = edge
      ? (random.int(-300, 300) / 10 + 0.05).toFixed(2)
      : (random.next() * 60 - 30).toFixed(5);
    const humidity = edge ? (random.int(20, 180) / 2 + 0.25).toFixed(2) : (random.next() * 100).toFixed(5);
    lines.push(`${time},${celsius},${humidity}`);
  }
  return `${lines.join('\n')}\n`;
}

test("each value in the database is the file's value at the journal's step", async () => {
  const climate = join(folder, 'series.csv');
  writeFileSync(climate, series(1440));
  const { climate: verdict, summary } = await ride(
    {
      scenario: 'hanoi-duisburg',
      board: 't-sim7080g-s3',
      seed: 1,
      days: 0.9,
      intervalS: 60,
      climate,
      climateColumns: {},
      out: join(folder, 'out'),
      powerCutAtHours: [],
    },
    () => {},
  );
  expect(summary).toMatchObject({ lost: 0, invented: 0 });
  expect(verdict?.rows).toBeGreaterThan(1000);
  expect(verdict?.agreed).toBe(verdict?.rows);
  // Values within a count of the sensor of an edge are rare; more would mean that the comparison is too kind.
  expect(verdict?.onAnEdge).toBeLessThan((verdict?.rows ?? 0) * 0.1);
});
