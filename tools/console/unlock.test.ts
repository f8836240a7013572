import { expect, test } from 'vitest';
import { Client } from './client.ts';
import { FakeTracker } from './testing/fake-tracker.ts';
import { unlock } from './unlock.ts';

function lockedTracker(): FakeTracker {
  const tracker = new FakeTracker();
  tracker.pin = '4711';
  tracker.isOpen = false;
  return tracker;
}

const clientOf = (tracker: FakeTracker): Client => new Client(tracker, { timeoutMs: 100 });

test('without a PIN nothing is asked', async () => {
  const askPin = () => Promise.reject(new Error('asked'));
  expect(await unlock(clientOf(new FakeTracker()), { askPin })).toBe(true);
});

test('the right PIN opens the console', async () => {
  const tracker = lockedTracker();
  expect(await unlock(clientOf(tracker), { askPin: async () => '4711' })).toBe(true);
  expect(tracker.isOpen).toBe(true);
});

test('a person is asked three times, and told that the one before was wrong', async () => {
  const tracker = lockedTracker();
  const asked: boolean[] = [];
  const askPin = async (wasWrong: boolean) => {
    asked.push(wasWrong);
    return '0000';
  };
  await expect(unlock(clientOf(tracker), { askPin })).rejects.toMatchObject({ code: 121 });
  expect(asked).toEqual([false, true, true]);
});

test('a PIN from a file is tried once: each wrong one is counted on the tracker', async () => {
  const tracker = lockedTracker();
  await expect(unlock(clientOf(tracker), { askPin: async () => '1', tries: 1 })).rejects.toMatchObject({
    code: 121,
  });
  expect(tracker.did.filter((doing) => doing === 'unlock')).toHaveLength(1);
});

test('the pause that the tracker asks for is waited, and told', async () => {
  const tracker = lockedTracker();
  tracker.waitS = 20;
  const told: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    expect(ms).toBe(20_000);
    tracker.waitS = 0;
  };
  const opened = unlock(clientOf(tracker), {
    askPin: async () => '4711',
    onWait: (waitS) => told.push(waitS),
    sleep,
  });
  expect(await opened).toBe(true);
  expect(told).toEqual([20]);
});

test('who gives no PIN leaves the console locked', async () => {
  const tracker = lockedTracker();
  expect(await unlock(clientOf(tracker), { askPin: async () => undefined })).toBe(false);
  expect(tracker.isOpen).toBe(false);
});
