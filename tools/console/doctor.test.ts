import { expect, test } from 'vitest';
import { SCHEMA } from '../../firmware/config/schema.ts';
import { Client } from './client.ts';
import { examineConfig, examineFaults, examineHello, examineSensors, examineStatus } from './doctor.ts';
import type { Hello } from './hello.ts';
import { FakeConfig } from './testing/fake-config.ts';
import { FakeTracker } from './testing/fake-tracker.ts';

const hello: Hello = {
  device: 'TR-1',
  powerOn: 3,
  uptimeS: 5,
  version: '0.2.0',
  keys: SCHEMA.length,
  hasPin: true,
  isOpen: false,
  waitS: 0,
};
const wrong = (findings: readonly { isGood: boolean; what: string }[]) =>
  findings.filter(({ isGood }) => !isGood).map(({ what }) => what);
const answering = (last: object, parts?: object[]) =>
  new Client(
    new FakeTracker(() => ({
      last: { ...last },
      ...(parts ? { parts: parts.map((part) => ({ ...part })) } : {}),
    })),
  );

test('firmware of this version with a name is in order', () => {
  expect(wrong(examineHello(hello, '0.2.0'))).toEqual([]);
});

test('old firmware, a tracker without a name, and wrong PINs are found', () => {
  const found = examineHello({ ...hello, version: '0.1.0', keys: 20, device: '', waitS: 40 }, '0.2.0');
  expect(wrong(found)).toEqual(['firmware', 'device id', 'PIN']);
  for (const { isGood, remedy } of found) expect(isGood || remedy !== '').toBe(true);
});

test('what is missing before anything is sent is found, and what is staged and not saved', async () => {
  const config = new FakeConfig();
  const client = new Client(new FakeTracker(config.answer));
  await client.request('config.set', { key: 'coldLimitMilliC', value: 5000 });
  await client.request('config.set', { key: 'warmLimitMilliC', value: 4000 });
  const found = wrong(await examineConfig(client));
  expect(found).toEqual(
    expect.arrayContaining([
      'configuration, brokerHost',
      'configuration, deviceKey',
      'configuration, warmLimitMilliC',
    ]),
  );
  expect(found.at(-1)).toBe('configuration');
});

test('an empty battery, an unknown clock, failed sessions and an alarm are found', async () => {
  const bad = { level: 2, millivolts: 3450, utcS: null, failures: 3, next: 9, acked: 1, alarm: 1 };
  expect(wrong(await examineStatus(answering(bad)))).toEqual(['battery', 'clock', 'sessions', 'alarm']);
  const fine = { level: 0, millivolts: 3900, utcS: 1_768_030_000, failures: 0, next: 9, acked: 1, alarm: 0 };
  expect(wrong(await examineStatus(answering(fine)))).toEqual([]);
});

test('a probe that gives no value is found, with what to do', async () => {
  const findings = await examineSensors(
    answering({
      probes: [
        [1, 5000, null, null],
        [2, null, null, 1],
      ],
    }),
  );
  expect(wrong(findings)).toEqual(['sensor, return']);
  expect(findings[1]?.remedy).toBe('check its cable and shield');
  expect(wrong(await examineSensors(answering({ probes: [] })))).toEqual(['sensors']);
});

test('the faults since the last start are found, each once, the newest first, with what to do', async () => {
  const parts = [
    'FAULT config.missing 0 1',
    'POWER_ON 2 0 0',
    'FAULT sim.missing 0 5',
    'SESSION 1',
    'FAULT gnss.no-fix 0 9',
    'FAULT sim.missing 3 12',
  ];
  const client = answering(
    {},
    parts.map((text, seq) => ({ seq, text })),
  );
  const findings = await examineFaults(client);
  expect(wrong(findings)).toEqual(['fault sim.missing', 'fault gnss.no-fix']);
  expect(findings[0]?.sentence).toContain('The detail is 3.');
  for (const { remedy } of findings) expect(remedy).not.toBe('');
});
