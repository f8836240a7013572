import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Provisioned } from './provision-unit.ts';
import { readOrder } from './read-order.ts';
import { Results } from './results.ts';
import { type RunOptions, runOrder } from './run-order.ts';
import { BenchUnit, FakeBench } from './testing/fake-bench.ts';
import { goodOrder, OrderFolder, SECRET } from './testing/order-folder.ts';
import type { Unit } from './unit.ts';

let folder: OrderFolder;
let bench: FakeBench;
let done: Provisioned[];

beforeEach(() => {
  folder = new OrderFolder();
  bench = new FakeBench();
  done = [];
});

afterEach(() => folder.remove());

async function run(units: readonly Unit[], more: Partial<RunOptions> = {}): Promise<void> {
  await runOrder(units, bench, {
    who: 'J-Doe',
    now: () => '2026-11-22T08:00:00.000Z',
    onDone: (unit) => done.push(unit),
    ...more,
  });
}

/** Device id and interval of three trackers. */
function three(): Unit[] {
  return readOrder(folder.put('units.csv', 'deviceId,intervalS\nTR-1,300\nTR-2,300\nTR-3,300\n'));
}

/** Whoever is next is plugged in as soon as the run waits for it. */
function swapping(...units: BenchUnit[]): void {
  bench.unit = units.shift();
  bench.onSleep = () => {
    bench.unit = units.shift() ?? bench.unit;
  };
}

test('a tracker has every key of its work order behind a restart, the long ones too', async () => {
  const unit = new BenchUnit();
  bench.unit = unit;
  const [order] = readOrder(folder.put('order.json', JSON.stringify(goodOrder)));
  await run(order ? [order] : []);
  expect(done).toEqual([{ deviceId: 'TR-0001', changed: expect.any(Number), generation: 8 }]);
  expect(unit.config.inFlash).toMatchObject({
    1: 'TR-0001',
    2: 600,
    8: order?.values['caPem'],
    25: 'CSQU3054383',
  });
  expect(Buffer.from(unit.config.inFlash[9] as Uint8Array).toString('hex')).toBe(SECRET);
  expect(bench.said.join('\n')).not.toContain(SECRET);
  expect(bench.said.join('\n')).toMatch(/deviceKey: not set -> set/);
});

test('one tracker after the other is provisioned, and none is written to twice', async () => {
  const units = [new BenchUnit(), new BenchUnit(), new BenchUnit()];
  swapping(...units);
  await run(three());
  expect(units.map(({ deviceId }) => deviceId)).toEqual(['TR-1', 'TR-2', 'TR-3']);
  expect(units.map(({ config }) => config.saves)).toEqual([1, 1, 1]);
  expect(bench.said).toContain('Unit 2 of 3: TR-2.');
  expect(bench.said).toContain('Waiting until TR-2 is plugged in.');
});

test('while one tracker is changed for the next the port may be away', async () => {
  const units = [new BenchUnit(), new BenchUnit()];
  const [first, second] = units;
  bench.unit = first;
  const states = [undefined, undefined, second];
  bench.onSleep = () => {
    if (states.length > 0) bench.unit = states.shift();
  };
  await run(three().slice(0, 2));
  expect(units.map(({ deviceId }) => deviceId)).toEqual(['TR-1', 'TR-2']);
});

test('the tracker of before that stays plugged in is not made into the next one', async () => {
  bench.unit = new BenchUnit();
  await expect(run(three())).rejects.toMatchObject({ id: 'provision.wrong-unit', exitCode: 1 });
  expect(bench.unit.deviceId).toBe('TR-1');
  expect(bench.unit.config.saves).toBe(1);
});

test('a run that failed goes on with the unit that failed, and leaves out what is done', async () => {
  const units = [new BenchUnit(), new BenchUnit(), new BenchUnit()];
  const [, second] = units;
  if (second) second.pullAt = 'config.save';
  swapping(...units);
  const results = folder.at('units.csv.results');
  await expect(run(three(), { results: new Results(results) })).rejects.toMatchObject({ id: 'link.closed' });
  expect(done.map(({ deviceId }) => deviceId)).toEqual(['TR-1']);
  const [first, failed] = readFileSync(results, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(first).toMatchObject({ deviceId: 'TR-1', result: 'done', at: '2026-11-22T08:00:00.000Z' });
  expect(failed).toMatchObject({ deviceId: 'TR-2', result: 'failed', error: 'link.closed' });

  swapping(...units.slice(1));
  await run(three(), { results: new Results(results) });
  expect(done.map(({ deviceId }) => deviceId)).toEqual(['TR-1', 'TR-2', 'TR-3']);
  expect(bench.said).toContain('1 of 3 are done already and are passed over.');
  expect(units.map(({ config }) => config.saves)).toEqual([1, 1, 1]);
});

test('a unit whose line was changed since is done again, and a torn line of the results counts as none', async () => {
  const results = folder.put('results', '{"deviceId":"TR-1","result":"do');
  const [unit] = three();
  if (!unit) throw new Error('no unit');
  expect(new Results(results).isDone(unit)).toBe(false);
  const written = new Results(folder.at('others'));
  written.put(unit, 'now');
  expect(new Results(written.file).isDone(unit)).toBe(true);
  expect(written.isDone({ ...unit, values: { ...unit.values, intervalS: 600 } })).toBe(false);
  expect(() => new Results(folder.path)).toThrow(/results file .* cannot be used/);
});

test('the results tell nothing about secrets, not even whether two are the same', () => {
  const [unit] = three();
  if (!unit) throw new Error('no unit');
  const results = ['1234', '4321'].map((pin) => {
    const file = new Results(folder.at(pin));
    file.put({ ...unit, values: { ...unit.values, consolePin: pin } }, 'now');
    return readFileSync(file.file, 'utf8');
  });
  expect(results[0]).toBe(results[1]);
});

test('a new key is drawn for each tracker, on the disk for its owner alone before the tracker has it', async () => {
  const units = [new BenchUnit(), new BenchUnit(), new BenchUnit()];
  swapping(...units);
  const newKeys = folder.at('keys');
  await run(three(), { newKeys });
  const keys = ['TR-1', 'TR-2', 'TR-3'].map((deviceId) => {
    const file = `${newKeys}/${deviceId}.key`;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    return readFileSync(file, 'utf8').trim();
  });
  expect(new Set(keys).size).toBe(3);
  expect(units.map(({ config }) => Buffer.from(config.inFlash[9] as Uint8Array).toString('hex'))).toEqual(
    keys,
  );
  for (const key of keys) expect(bench.said.join('\n')).not.toContain(key);
});

test('a key that was drawn in a run before is used again', async () => {
  const units = three().slice(0, 1);
  bench.unit = new BenchUnit();
  await run(units, { newKeys: folder.at('keys') });
  const key = readFileSync(folder.at('keys/TR-1.key'), 'utf8');
  const replacement = new BenchUnit();
  bench.unit = replacement;
  await run(units, { newKeys: folder.at('keys') });
  expect(readFileSync(folder.at('keys/TR-1.key'), 'utf8')).toBe(key);
  expect(Buffer.from(replacement.config.inFlash[9] as Uint8Array).toString('hex')).toBe(key.trim());
});

test('a key file that cannot be written stops the unit before anything is sent', async () => {
  const unit = new BenchUnit();
  bench.unit = unit;
  const newKeys = folder.at('a.key');
  await expect(run(three(), { newKeys })).rejects.toMatchObject({ id: 'provision.key-file', exitCode: 1 });
  expect(unit.config.saves).toBe(0);
});

test('the person is told which tracker to plug in, sees what changes, and can say no', async () => {
  bench.isAttended = true;
  bench.unit = new BenchUnit();
  bench.answer = (question) => !question.startsWith('Write');
  await expect(run(three())).rejects.toMatchObject({ id: 'provision.declined', exitCode: 1 });
  expect(bench.asked[0]).toBe('Unit 1 of 3: plug in the tracker that is to become TR-1. Is it there?');
  expect(bench.said).toContain('  intervalS: 600 s -> 300 s');
  expect(bench.unit.config.saves).toBe(0);
});

test('a tracker with another name is not renamed without asking', async () => {
  bench.isAttended = true;
  bench.unit = new BenchUnit();
  bench.unit.config.inFlash[1] = 'TR-9';
  bench.answer = (question) => !question.startsWith('The tracker is called');
  await expect(run(three())).rejects.toMatchObject({ id: 'provision.declined' });
  expect(bench.asked).toContain('The tracker is called TR-9. Make it TR-1?');
});

test('the PIN opens a locked tracker; without it, or with a wrong one, nothing is changed', async () => {
  const unit = new BenchUnit();
  unit.pin = '482915';
  bench.unit = unit;
  const [first] = three();
  const units = first ? [first] : [];
  await expect(run(units)).rejects.toMatchObject({ id: 'console.pin-needed' });
  bench.pin = '1111';
  await expect(run(units)).rejects.toMatchObject({ id: 'console.pin-wrong' });
  expect(unit.config.saves).toBe(0);
  bench.pin = '482915';
  await run(units);
  expect(unit.deviceId).toBe('TR-1');
});

test('what the tracker does not show after its restart is an error, and the unit is not done', async () => {
  const unit = new BenchUnit();
  unit.config.spoiled = { key: 2, value: 900 };
  bench.unit = unit;
  const results = new Results(folder.at('results'));
  await expect(run(three(), { results })).rejects.toMatchObject({ id: 'config.not-read-back' });
  expect(readFileSync(results.file, 'utf8')).toMatch(/"result":"failed".*"error":"config\.not-read-back"/);
});

test('a port that is not there is an error, and no key is drawn', async () => {
  await expect(run(three(), { newKeys: folder.at('keys') })).rejects.toMatchObject({ id: 'serial.missing' });
  expect(existsSync(folder.at('keys'))).toBe(false);
});

test('a tracker that has all of it already is left alone', async () => {
  const [unit] = three();
  bench.unit = new BenchUnit();
  await run(unit ? [unit] : []);
  await run(unit ? [unit] : []);
  expect(done.map(({ generation }) => generation)).toEqual([8, null]);
});
