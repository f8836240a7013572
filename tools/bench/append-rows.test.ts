import { afterEach, expect, test, vi } from 'vitest';
import { checkBundle } from '../check/check.ts';
import { bundleMeasurement } from './append.ts';
import { appendRows } from './append-rows.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('without an interpreter the rows say so, and the bench goes on', async () => {
  vi.stubEnv('ESPRUINO', '');
  const rows = await appendRows();
  expect(rows.map(({ measured }) => measured)).toEqual(['ESPRUINO is not set', 'ESPRUINO is not set']);
});

test('what is measured is what a device takes', async () => {
  expect(checkBundle(await bundleMeasurement('append'))).toEqual([]);
  expect(checkBundle(await bundleMeasurement('memory'))).toEqual([]);
});
