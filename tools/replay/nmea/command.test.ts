import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { both, framed } from '../../../hal/nmea/testing/hear.ts';
import { ColdrailError } from '../../errors/error.ts';
import { replayCommand } from '../command.ts';

const folder = mkdtempSync(join(tmpdir(), 'coldrail-replay-nmea-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  process.exitCode = 0;
});

function file(content: string): string {
  const name = join(folder, 'file');
  writeFileSync(name, Buffer.from(content, 'latin1'));
  return name;
}

interface Ran {
  readonly lines: Record<string, unknown>[];
  readonly code: number;
}

async function run(...args: string[]): Promise<Ran> {
  const lines: Ran['lines'] = [];
  const command = replayCommand((part) => {
    lines.push(JSON.parse(part));
  });
  await command.parseAsync(['nmea', ...args], { from: 'user' });
  return { lines, code: Number(process.exitCode) };
}

async function refusal(...args: string[]): Promise<ColdrailError> {
  try {
    await run(...args);
  } catch (error) {
    if (error instanceof ColdrailError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

const inWarsaw = { latDeg: 52.22178, lonDeg: 21.02031, utc: '2026-11-22T09:19:18Z', satellites: 9 };

test('each fix is a JSON line, and exit code 0 says that there was one', async () => {
  const log = file(both() + both({ time: '091919.00' }));
  expect(await run(log)).toEqual({
    lines: [inWarsaw, { ...inWarsaw, utc: '2026-11-22T09:19:19Z' }],
    code: 0,
  });
});

test('exit code 1 says that there was none', async () => {
  expect(await run(file(both({ status: 'V' })))).toEqual({ lines: [], code: 1 });
});

test('--rejected tells what was not believed and why, in its place', async () => {
  const broken = both().replaceAll('5213', '5214');
  const abroad = both({ time: '091919.00', ns: 'S' });
  const { lines, code } = await run(file(broken + both() + abroad), '--rejected');
  expect(lines).toEqual([
    { rejected: 'checksum', text: expect.stringMatching(/^\$GNRMC,091918.00,A,5214.30650,.*\*\w\w$/) },
    { rejected: 'checksum', text: expect.stringMatching(/^\$GNGGA,/) },
    inWarsaw,
    {
      rejected: 'implausible',
      latDeg: -52.22178,
      lonDeg: 21.02031,
      text: expect.stringMatching(/^GNGGA,091919.00,5213.30650,S,/),
    },
  ]);
  expect(code).toBe(0);
});

test('--chunk changes nothing', async () => {
  const log = file(`\xff\x00$GN\r${both()}OK\r\n${both({ time: '091919.00', hdop: '99.99' })}`);
  const { lines } = await run(log, '--rejected');
  expect(lines).toHaveLength(2);
  for (const chunk of ['1', '7', '100000'])
    expect((await run(log, '--rejected', '--chunk', chunk)).lines).toEqual(lines);
});

test('a last line without its end is read', async () => {
  expect((await run(file(both().trimEnd()))).lines).toEqual([inWarsaw]);
});

test('a date from before the build counts as a rollover, unless --not-before says that the log is old', async () => {
  const log = file(both({ date: '070321' }));
  // 7168 days later.
  expect((await run(log)).lines).toEqual([{ ...inWarsaw, utc: '2040-10-21T09:19:18Z', rolledOver: true }]);
  expect((await run(log, '--not-before', '2021-03-07')).lines).toEqual([
    { ...inWarsaw, utc: '2021-03-07T09:19:18Z' },
  ]);
  expect((await run(file(both({ date: '060180' })))).lines).toEqual([{ ...inWarsaw, utc: null }]);
});

test.each<[string, string, string[]]>([
  ['no date', 'replay.option', ['--not-before', 'yesterday']],
  ['a day that there is not', 'replay.option', ['--not-before', '2021-02-30']],
  ['a time', 'replay.option', ['--not-before', '2021-02-03T00:00:00Z']],
  ['a year before GPS', 'replay.option', ['--not-before', '1979-12-31']],
  ['chunks of nothing', 'usage.number', ['--chunk', '0']],
  ['chunks of half a byte', 'usage.integer', ['--chunk', '1.5']],
])('%s is wrong use', async (_what, id, args) => {
  const error = await refusal(file(both()), ...args);
  expect(error.id).toBe(id);
  expect(error.exitCode).toBe(2);
  expect(error.report()).not.toMatch(/\{\w+\}/);
});

test.each([
  ['nothing', ''],
  ['prose', 'The receiver had no fix.\n'],
  ['other sentences only', framed('GPTXT,01,01,02,ANTSTATUS=OK')],
  ['binary', '\x00\x01\xb5\x62\xff'],
])('a file with %s is refused', async (_what, content) => {
  const error = await refusal(file(content));
  expect(error.id).toBe('replay.no-nmea');
  expect(error.exitCode).toBe(2);
});

test('a file that is not there, a folder, and one that is too large, are refused', async () => {
  expect((await refusal(join(folder, 'none'))).id).toBe('replay.unreadable');
  expect((await refusal(folder)).id).toBe('replay.unreadable');
  const error = await refusal(file('\n'.repeat(32 * 1024 * 1024 + 1)));
  expect(error.id).toBe('replay.nmea-too-large');
  expect(error.report()).not.toMatch(/\{\w+\}/);
});
