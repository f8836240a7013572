import { expect, test } from 'vitest';
import { Client } from './client.ts';
import { type Step, selfTest } from './selftest.ts';
import { FakeTracker } from './testing/fake-tracker.ts';

const options = { who: 'lee', device: 'TR-1', now: () => Date.UTC(2026, 10, 22) };

test('each step is told as it ends, and the record is what the tracker signed', async () => {
  const parts = [
    { step: 'sensors', verdict: 0, value: 72, error: 0 },
    { step: 'battery', verdict: 1, value: 3580, error: 0 },
    { step: 'sim', verdict: 2, value: null, error: 44 },
    { step: 'network', verdict: 3, value: null, error: 0 },
  ];
  const last = { verdict: 2, record: '8901', mac: 'ab'.repeat(32) };
  const tracker = new FakeTracker(() => ({ parts, last }));
  const told: Step[] = [];
  const result = await selfTest(new Client(tracker), {
    ...options,
    skipModem: true,
    onStep: (step) => told.push(step),
  });
  expect(told).toEqual(result.steps);
  expect(result.steps).toMatchObject([
    { name: 'sensors', verdict: 'green', value: '0.072 C apart', remedy: '' },
    { name: 'battery', verdict: 'amber', value: '3.58 V', remedy: expect.stringContaining('Charge') },
    {
      name: 'SIM',
      verdict: 'red',
      sentence: expect.stringContaining('no SIM'),
      remedy: expect.stringMatching(/./),
    },
    { name: 'network', verdict: 'skipped', value: '', sentence: '' },
  ]);
  expect(result.verdict).toBe('red');
  expect(result.record).toEqual({
    format: 1,
    device: 'TR-1',
    record: '8901',
    mac: 'ab'.repeat(32),
    by: 'lee',
    at: '2026-11-22T00:00:00.000Z',
  });
  expect(tracker.asked[0]).toMatchObject({ who: 'lee', modem: 0 });
});

test('a self-test is never begun twice by itself', async () => {
  const tracker = new FakeTracker(() => 125);
  await expect(selfTest(new Client(tracker), options)).rejects.toMatchObject({ code: 125 });
  expect(tracker.did).toEqual(['selftest']);
});
