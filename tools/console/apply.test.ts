import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KEY_CA, KEY_INTERVAL } from '../../firmware/config/schema.ts';
import { randomStream } from '../sim/random.ts';
import { applyConfig, diffConfig, problemsOf } from './apply.ts';
import { Client } from './client.ts';
import type { DisplayValues } from './display.ts';
import { readConfig } from './read-config.ts';
import { badLine, type Damage } from './testing/bad-line.ts';
import { FakeConfig } from './testing/fake-config.ts';
import { FakeTracker } from './testing/fake-tracker.ts';

const PEM = `-----BEGIN CERTIFICATE-----\n${`${'MIIBszCCAVmgAwIB'.repeat(4)}\n`.repeat(30)}-----END CERTIFICATE-----\n`;
const wanted: DisplayValues = {
  deviceId: 'TR-0042',
  intervalS: 300,
  fineResolution: true,
  brokerHost: 'broker.example',
  caPem: PEM,
  rules: null,
  deviceKey: 'ab'.repeat(32),
  warmLimitMilliC: -15000,
};
const connect = { wakeS: 20, knockMs: 40 };
const who = { who: 'tester', connect };

function bench(damage: Damage = {}, name = '') {
  const config = new FakeConfig();
  const tracker = new FakeTracker(config.answer);
  const { next } = randomStream(31, name);
  const client = new Client(badLine(tracker, damage, next), { timeoutMs: 50, attempts: 40 });
  return { config, tracker, client };
}

test('a configuration is sent, saved once, and holds after a restart', async () => {
  const { config, tracker, client } = bench();
  const { wasSaved, generation, changes } = await applyConfig(client, wanted, who);
  expect({ wasSaved, generation, saves: config.saves }).toEqual({ wasSaved: true, generation: 8, saves: 1 });
  expect(changes.map(({ spec }) => spec.name)).not.toContain('rules');
  expect(config.inFlash[KEY_CA]).toBe(PEM);
  expect(tracker.powerOn).toBe(4);
  expect(await readConfig(client)).toMatchObject({ ...wanted, deviceKey: true });
});

test('what is there already is not written again', async () => {
  const { config, tracker, client } = bench();
  const { deviceKey: _, ...values } = wanted;
  await applyConfig(client, values, who);
  const { wasSaved, changes } = await applyConfig(client, values, who);
  expect({ wasSaved, changes, saves: config.saves }).toEqual({ wasSaved: false, changes: [], saves: 1 });
  expect(tracker.powerOn).toBe(4);
});

test('what was read can be applied: a secret that is set stays', async () => {
  const { client } = bench();
  await applyConfig(client, wanted, who);
  expect(await diffConfig(client, await readConfig(client))).toEqual([]);
});

test('each value that is wrong by itself is named before the tracker hears of it', async () => {
  const { tracker, client } = bench();
  const values = { intervalS: 5, intervalls: 3, container: 'CSQU3054384', rules: 'xyz', fineResolution: 1 };
  const refused = applyConfig(client, values, who);
  await expect(refused).rejects.toMatchObject({ id: 'config.not-applied' });
  const { problems, report } = await refused.then(
    () => ({ problems: [], report: '' }),
    (error) => ({ problems: error.problems, report: error.report() as string }),
  );
  expect(problems.map(({ key }: { key: string }) => key)).toEqual(Object.keys(values));
  for (const key of Object.keys(values)) expect(report).toContain(key);
  expect(tracker.asked).toEqual([]);
});

test('what does not go together is named, and nothing stays staged', async () => {
  const { config, client } = bench();
  const refused = applyConfig(
    client,
    { brokerHost: 'broker.example', coldLimitMilliC: 5, warmLimitMilliC: 4 },
    who,
  );
  await expect(refused).rejects.toMatchObject({ id: 'config.not-applied' });
  const problems = await refused.catch((error) => error.problems);
  expect(problems.map(({ key }: { key: string }) => key).sort()).toEqual(['caPem', 'warmLimitMilliC']);
  expect({ staged: config.staged, saves: config.saves }).toEqual({ staged: {}, saves: 0 });
});

test('what somebody else staged is not saved along', async () => {
  const { config, client } = bench();
  config.staged[KEY_INTERVAL] = 61;
  await applyConfig(client, { deviceId: 'TR-9' }, who);
  expect(config.inFlash[KEY_INTERVAL]).toBe(600);
});

test('who says no leaves the tracker as it was', async () => {
  const { config, tracker, client } = bench();
  const shown: string[] = [];
  const confirm = async (changes: readonly { spec: { name: string } }[]) => {
    shown.push(...changes.map(({ spec }) => spec.name));
    return false;
  };
  const { wasSaved } = await applyConfig(client, { intervalS: 300 }, { ...who, confirm });
  expect({ wasSaved, shown, staged: config.staged, saves: config.saves, powerOn: tracker.powerOn }).toEqual({
    wasSaved: false,
    shown: ['intervalS'],
    staged: {},
    saves: 0,
    powerOn: 3,
  });
});

test('a locked console is told as such, and nothing is staged', async () => {
  const { config, tracker, client } = bench();
  tracker.pin = '4711';
  tracker.isOpen = false;
  await expect(applyConfig(client, { intervalS: 300 }, who)).rejects.toMatchObject({ code: 120 });
  expect(config.staged).toEqual({});
});

test('a tracker that holds something else after its restart is found out', async () => {
  const { config, client } = bench();
  config.spoiled = { key: KEY_INTERVAL, value: 900 };
  const refused = applyConfig(client, { intervalS: 300, deviceId: 'TR-1' }, who);
  await expect(refused).rejects.toMatchObject({ id: 'config.not-read-back' });
  expect((await refused.catch((error) => error)).message).toContain('intervalS');
});

test('a tracker that does not restart is told', async () => {
  const { tracker, client } = bench();
  tracker.restart = () => {};
  await expect(applyConfig(client, { intervalS: 300 }, who)).rejects.toMatchObject({
    id: 'console.no-restart',
  });
});

test('over a bad line all is written, once, and right', async () => {
  const damage = { split: 0.5, drop: 0.0001, flip: 0.0001, noise: 0.1, late: 0.02, twice: 0.1, silent: 0.02 };
  for (const name of ['a', 'b']) {
    const { config, client } = bench(damage, name);
    expect(await applyConfig(client, wanted, who)).toMatchObject({ wasSaved: true });
    expect({ saves: config.saves, ca: config.inFlash[KEY_CA] }).toEqual({ saves: 1, ca: PEM });
  }
});

test('wherever the cable is pulled, the tracker has all of it or nothing, and an error is told', async () => {
  const { config: before } = bench();
  for (let pullAfter = 50; pullAfter < 4000; pullAfter += 211) {
    const { config, client } = bench({ pullAfter });
    const failed = await applyConfig(client, wanted, who).then(
      () => undefined,
      (error) => error,
    );
    if (config.saves === 0) expect(config.inFlash, `after ${pullAfter}`).toEqual(before.inFlash);
    else expect(config.inFlash[KEY_CA], `after ${pullAfter}`).toBe(PEM);
    if (failed) expect(failed.id, `after ${pullAfter}`).toMatch(/^(link|serial|console)\./);
  }
});

test('whatever a file holds, it is either right or named', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.double());
  const key = fc.oneof(
    fc.constantFrom('intervalS', 'caPem', 'rules', 'simPin', 'fineResolution', 'probes'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.dictionary(key, value), (values) => {
      for (const { key, sentence } of problemsOf(values)) {
        expect(Object.keys(values)).toContain(key);
        expect(sentence).not.toBe('');
      }
    }),
    { seed: 12 },
  );
});
