import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { benchCommand } from '../command.ts';
import { encodeCommand } from './command.ts';
import { COARSE, FINE, type Resolution } from './series.ts';
import { generatedSeries } from './testing/generated.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-encode-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function csv(resolution: Resolution, count = 600): string {
  const file = join(folder, 'series.csv');
  const { rows } = generatedSeries(count, resolution);
  const lines = rows.map(
    ({ timeS, temperature, humidity }) => `${timeS},${(temperature ?? 0) / 1000},${(humidity ?? 0) / 1000}`,
  );
  writeFileSync(file, ['time,temp,hum', ...lines, ''].join('\n'));
  return file;
}

async function printed(...args: string[]): Promise<string> {
  const out: string[] = [];
  await encodeCommand((text) => out.push(text)).parseAsync(args, { from: 'user' });
  return out.join('\n');
}

test('the table has a line for each encoding and says what each gives', async () => {
  const text = await printed(csv(COARSE));
  expect(text).toMatch(/^600 readings, nominally one in 300 s; temperature in steps of 0\.1 C/);
  expect(text).toMatch(/^Coldrail in flash, programmed +1 +\d\.\d\d +no +yes, with a check/m);
  expect(text).toMatch(/^Coldrail messages, all of a session +288 +\d\.\d\d /m);
  expect(text).toMatch(/^SenML-JSON \(RFC 8428\) +1 +\d+\.\d\d +yes +yes, no check +any SenML reader$/m);
  expect(text).toMatch(/^MessagePack maps/m);
  expect(text).toMatch(/^brotli 11 .* +all +\d\.\d\d +no +no /m);
});

test('--json prints the same for a program', async () => {
  const result = JSON.parse(await printed(csv(FINE), '--fine', '--json'));
  expect(result).toMatchObject({
    readings: 600,
    intervalS: 300,
    tempStepC: 0.01,
    humidityStepPct: 0.1,
    positions: 0,
  });
  const bytesOf = (encoding: string, batch: number | 'all'): number =>
    result.encodings.find((one: typeof result) => one.encoding === encoding && one.batch === batch)
      .bytesPerReading;
  expect(bytesOf('Coldrail in flash, programmed', 1)).toBeLessThan(4);
  expect(bytesOf('SenML-CBOR (RFC 8428)', 288)).toBeLessThan(bytesOf('SenML-JSON (RFC 8428)', 288));
  expect(bytesOf('SenML-CBOR (RFC 8428)', 1)).toBeGreaterThan(bytesOf('SenML-CBOR (RFC 8428)', 288));
});

test('a sample of the same series costs the same every time', async () => {
  const file = csv(COARSE, 60);
  expect(await printed(file)).toBe(await printed(file));
});

test('a file that is not there is refused by its error', async () => {
  await expect(printed(join(folder, 'none.csv'))).rejects.toMatchObject({ id: 'climate.unreadable' });
});

test.each(['', ';;', '"'])('the delimiter %j is refused', async (text) => {
  await expect(printed('x.csv', '--delimiter', text)).rejects.toMatchObject({ id: 'usage.delimiter' });
});

test('an unknown option is left to the command line to explain', async () => {
  await expect(printed('x.csv', '--coarse')).rejects.toMatchObject({ code: 'commander.unknownOption' });
});

test('stands under bench', () => {
  expect(benchCommand(() => {}).commands.map((command) => command.name())).toEqual(['encode']);
});
