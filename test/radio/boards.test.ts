/** The whole way on each board whose modem is not the SIM7080's, which test/journeys.test.ts rides. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ride } from '../../tools/ride/ride.ts';

let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'coldrail-boards-'));
});

afterEach(() => {
  rmSync(out, { recursive: true, force: true });
});

const EVERYWHERE = ['VN', 'CN', 'KZ', 'RU', 'BY', 'PL', 'DE'];

describe.each([
  ['t-sim7000g', 'hanoi-duisburg', EVERYWHERE, ['NB-IoT', 'GSM', 'LTE-M']],
  ['t-sim7000g-s3', 'hanoi-duisburg-roaming', ['KZ', 'RU', 'BY', 'PL', 'DE'], ['GSM', 'LTE-M']],
  ['t-a7670', 'hanoi-duisburg-roaming', EVERYWHERE, ['LTE', 'GSM']],
])('%s on %s', (board, scenario, countries, technologies) => {
  test('loses and invents nothing, and accounts for its radio by country', async () => {
    const options = {
      scenario,
      board,
      seed: 7,
      intervalS: 600,
      climateColumns: {},
      out,
      powerCutAtHours: [],
    };
    const { summary, complaints, problems } = await ride(options, () => {});
    expect(summary).toMatchObject({ lost: 0, invented: 0 });
    expect(summary.stored).toBe(summary.inDatabase);
    // In the cold the tracker's clock is slow, by up to 3 %.
    expect(summary.samples).toBeGreaterThan(0.97 * 25 * 24 * 6);
    expect(complaints).toBe(0);
    expect(problems).toEqual([]);
    const used = summary.radio.filter(({ bytesUp }) => bytesUp > 5000);
    expect([...new Set(used.map(({ country }) => country))]).toEqual(countries);
    expect(used.map(({ use }) => use)).toEqual(expect.arrayContaining(technologies));
    const bytes = summary.radio.reduce((sum, { bytesUp, bytesDown }) => sum + bytesUp + bytesDown, 0);
    expect(bytes).toBe(summary.bytesOnAirUp + summary.bytesOnAirDown);
    const charge = summary.radio.reduce((sum, { milliampHours }) => sum + milliampHours, 0);
    expect(charge).toBeLessThan(summary.modelledMilliampHours);
  });
});
