import { expect, test } from 'vitest';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import { loadWhole } from '../../tools/provision/testing/copies.ts';
import type { Config } from '../config/schema.ts';
import { ConsoleBench, config } from './testing/console-bench.ts';

/** Both copies, without the strips behind them. */
const copies = (bench: ConsoleBench): Buffer =>
  Buffer.concat([0, 4096].map((at) => bench.tracker.configuration.cells.slice(at, at + 4064)));
const inFlash = (bench: ConsoleBench): Config => loadWhole(bench.tracker.configuration, hostCrypto).config;
const records = (bench: ConsoleBench) =>
  decodeJournalImage(bench.tracker.journal.cells).records.filter(
    ({ kind }) => kind === 'CHANGED' || kind === 'TRIP',
  );

function stage(bench: ConsoleBench, values: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(values))
    expect(bench.ask({ do: 'config.set', key, value })).toMatchObject({ ok: 1 });
}

test('what is saved holds from the next start, and the journal says what, who and when', () => {
  const bench = new ConsoleBench();
  stage(bench, { intervalS: 300, seals: 'H:ML123456', simPin: '1234', apn: 'a'.repeat(40) });
  expect(bench.ask({ do: 'config.save', who: 'bob' })).toMatchObject({ ok: 1, generation: 2, changed: 4 });
  expect(inFlash(bench)).toEqual({
    ...config,
    intervalS: 300,
    seals: 'H:ML123456',
    simPin: '1234',
    apn: 'a'.repeat(40),
  });
  expect(records(bench)).toMatchObject([
    { kind: 'CHANGED', key: 2, old: 600, new: 300, who: 'bob' },
    { kind: 'CHANGED', key: 5, old: 'iot.example', new: expect.stringMatching(/^#40:[0-9a-f]{8}$/) },
    { kind: 'CHANGED', key: 13, old: '(none)', new: '(set)' },
    { kind: 'CHANGED', key: 28, old: '', new: 'H:ML123456' },
    { kind: 'CHANGED', key: 0, old: 1, new: 2, who: 'bob' },
  ]);
});

test('nothing staged, or the same again, writes nothing', () => {
  const bench = new ConsoleBench();
  const before = copies(bench);
  expect(bench.ask({ do: 'config.save', who: 'bob' })).toMatchObject({ ok: 1, changed: 0 });
  stage(bench, { intervalS: 600 });
  expect(bench.ask({ do: 'config.save', who: 'bob' })).toMatchObject({ ok: 1, changed: 0, generation: 1 });
  expect(copies(bench)).toEqual(before);
  expect(records(bench)).toEqual([]);
});

test.each([
  ['an interval outside the table', { intervalS: 3600, tripHours: 20 }, [['intervalS', 22]]],
  ['a broker without a CA', { caPem: null }, [['caPem', 102]]],
  ['limits that are crossed', { coldLimitMilliC: 5000, warmLimitMilliC: 5000 }, [['warmLimitMilliC', 103]]],
  [
    'a cold limit above the set point',
    { coldLimitMilliC: 6000, setPointMilliC: 5000 },
    [['coldLimitMilliC', 104]],
  ],
  [
    'a warm limit below the set point',
    { warmLimitMilliC: 4000, setPointMilliC: 5000 },
    [['warmLimitMilliC', 104]],
  ],
  ['rules that are none', { rules: 'ff' }, [['rules', 23]]],
  [
    'several things at once',
    { intervalS: 3600, tripHours: 20, caPem: null },
    [
      ['intervalS', 22],
      ['caPem', 102],
    ],
  ],
])('%s is refused as a whole, each problem named, the tracker unchanged', (_what, values, problems) => {
  const bench = new ConsoleBench();
  const before = copies(bench);
  stage(bench, { apn: 'two.example', ...values });
  expect(bench.ask({ do: 'config.check' })).toMatchObject({ ok: 1, problems });
  expect(bench.ask({ do: 'config.save', who: 'bob' })).toMatchObject({
    ok: 0,
    error: problems[0]?.[1],
    about: problems[0]?.[0],
  });
  expect(bench.ask({ do: 'trip.start', trip: 't', who: 'bob' })).toMatchObject({ ok: 0 });
  expect(copies(bench)).toEqual(before);
  expect(records(bench)).toEqual([]);
});

test.each([
  ['intervalS', 59, 100],
  ['intervalS', '600 s', 100],
  ['intervalS', [600], 100],
  ['intervalS', { a: 1 }, 100],
  ['intervalS', 1e99, 100],
  ['probes', 7, 100],
  ['apn', 'a b', 100],
  ['apn', 7, 100],
  ['caPem', 'MIIB', 100],
  ['deviceKey', 'zz', 100],
  ['deviceKey', '00'.repeat(31), 100],
  ['container', 'CSQU3054384', 101],
  ['container', 'CSQX3054383', 100],
  ['wagon', '218124712174', 101],
  ['consignment', 'CIM:702689', 101],
  ['seals', 'X:1', 100],
  ['consolePin', '123', 100],
  ['nonsense', 1, 111],
  ['__proto__', 1, 111],
  ['', 1, 114],
])('%s = %j is refused', (key, value, error) => {
  const bench = new ConsoleBench();
  expect(bench.ask({ do: 'config.set', key, value })).toMatchObject({ ok: 0, error });
  expect(bench.ask({ do: 'config.diff' })).toMatchObject({ keys: [] });
});

test('a certificate goes in by pieces, and a piece that comes twice does no harm', () => {
  const bench = new ConsoleBench();
  const ca = `-----BEGIN CERTIFICATE-----\n${'A'.repeat(2000)}\n-----END CERTIFICATE-----\n`;
  for (let at = 0; at < ca.length; at += 400)
    for (let twice = 0; twice < 2; twice++)
      expect(bench.ask({ do: 'config.set', key: 'caPem', value: ca.slice(at, at + 400), at })).toMatchObject({
        ok: 1,
        length: Math.min(at + 400, ca.length),
      });
  expect(bench.ask({ do: 'config.set', key: 'caPem', value: 'x', at: 2500 })).toMatchObject({
    ok: 0,
    error: 114,
  });
  bench.ask({ do: 'config.save', who: 'bob' });
  expect(inFlash(bench).caPem).toBe(ca);
  let read = '';
  while (read.length < ca.length)
    read += String(bench.ask({ do: 'config.get', key: 'caPem', at: read.length })['value']);
  expect(read).toBe(ca);
});

test('no secret comes out, whatever is asked', () => {
  const secrets = { simPin: '13579', consolePin: '24680', deviceKey: 'ab'.repeat(32) };
  const bench = new ConsoleBench();
  stage(bench, secrets);
  bench.say('config diff');
  bench.ask({ do: 'config.save', who: 'bob' });
  bench.again();
  bench.ask({ do: 'unlock', pin: '24680' });
  for (const key of Object.keys(secrets))
    expect(bench.ask({ do: 'config.get', key })).toMatchObject({ value: true });
  for (const line of ['config show', 'status', 'events', 'journal tail 50', 'trip show']) bench.say(line);
  for (let page = 0; page < 14; page++) bench.ask({ do: 'journal.read', page });
  const said = bench.tracker.console.lines.join('\n');
  for (const secret of Object.values(secrets)) expect(said).not.toContain(secret);
});

test('wherever power fails in a save, the old configuration holds or the new one, never a mix', () => {
  const after: Config = { ...config, intervalS: 300, apn: 'two.example', seals: 'H:1' };
  const outcomes = new Set<string>();
  for (let fuel = 0; fuel < 5200; fuel += fuel < 4090 ? 151 : 3) {
    const bench = new ConsoleBench();
    stage(bench, { intervalS: 300, apn: 'two.example', seals: 'H:1' });
    bench.tracker.configuration.fuel = fuel;
    let isSaved = false;
    try {
      isSaved = bench.ask({ do: 'config.save', who: 'bob' })['ok'] === 1;
    } catch {
      // The cut ends the program.
    }
    bench.tracker.configuration.restore();
    bench.start();
    const found = inFlash(bench);
    outcomes.add(found.intervalS === 300 ? 'new' : 'old');
    expect(found).toEqual(found.intervalS === 300 ? after : config);
    const commits = records(bench).filter((one) => one.kind === 'CHANGED' && one.key === 0);
    if (isSaved) expect([found.intervalS, commits.length]).toEqual([300, 1]);
    // The journal never says that all of it holds where it does not.
    if (commits.length > 0) expect(found.intervalS).toBe(300);
  }
  expect(outcomes).toEqual(new Set(['old', 'new']));
});

test('a trip begins and ends, once each, with its box and who was there', () => {
  const bench = new ConsoleBench();
  stage(bench, { container: 'CSQU3054383' });
  for (let twice = 0; twice < 2; twice++)
    expect(bench.ask({ do: 'trip.start', trip: 'spring', who: 'bob' })).toMatchObject({ ok: 1 });
  expect(bench.ask({ do: 'trip.start', trip: 'other', who: 'bob' })).toMatchObject({
    ok: 0,
    error: 130,
    about: 'spring',
  });
  bench.again();
  expect(bench.ask({ do: 'status' })).toMatchObject({ trip: 'spring', container: 'CSQU3054383' });
  expect(bench.ask({ do: 'trip.stop', who: 'ann' })).toMatchObject({ ok: 1 });
  expect(bench.ask({ do: 'trip.stop', who: 'ann' })).toMatchObject({ ok: 0, error: 131 });
  expect(records(bench).filter(({ kind }) => kind === 'TRIP')).toMatchObject([
    { started: true, trip: 'spring', container: 'CSQU3054383', who: 'bob' },
    // Asked for again, as if its answer had been lost.
    { started: true, trip: 'spring', container: 'CSQU3054383', who: 'bob' },
    { started: false, trip: 'spring', container: 'CSQU3054383', who: 'ann' },
  ]);
});

test('a tracker without a name begins no trip', () => {
  const bench = new ConsoleBench(null);
  expect(bench.ask({ do: 'trip.start', trip: 't', who: 'bob' })).toMatchObject({ ok: 0, error: 132 });
});
