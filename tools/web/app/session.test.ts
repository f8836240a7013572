import { expect, test } from 'vitest';
import { ScriptedUnit } from '../../../test/web/testing/scripted-unit.ts';
import { LinkError } from '../../console/client.ts';
import { Session } from './session.ts';

const QUICK = { knockMs: 40, wakeS: 1 };

const bench = () => {
  const unit = new ScriptedUnit();
  const again = async () => unit.connect();
  const session = new Session({ choose: again, again }, QUICK);
  const states: string[] = [];
  session.onChange = () => {
    if (states.at(-1) !== session.state) states.push(session.state);
  };
  return { unit, session, states };
};

test('a tracker that answers is there, with its name', async () => {
  const { session, states } = bench();
  expect(await session.connect()).toBe(true);
  expect(session.hello?.device).toBe('TR-0001');
  expect(states).toEqual(['opening', 'ready']);
});

test('who chooses no port stays where they were', async () => {
  const session = new Session({ choose: async () => undefined, again: async () => undefined });
  expect(await session.connect()).toBe(false);
  expect(session.state).toBe('none');
});

test('a port without a tracker ends in an error, and can be tried again', async () => {
  const { unit, session } = bench();
  unit.isAsleep = true;
  await expect(session.connect()).rejects.toMatchObject({ id: 'console.silent' });
  expect(session.state).toBe('none');
  unit.isAsleep = false;
  expect(await session.connect()).toBe(true);
});

test('a cable that is pulled in the middle of a request is told, and the line can be taken up again', async () => {
  const { unit, session } = bench();
  await session.connect();
  unit.pullAt = { doing: 'status', after: 1 };
  await expect(session.request('status')).rejects.toBeInstanceOf(LinkError);
  expect(session.state).toBe('lost');
  expect(session.hello?.device).toBe('TR-0001');
  unit.isPlugged = true;
  expect(await session.reconnect()).toBe(true);
  expect(await session.request('status')).toMatchObject({ device: 'TR-0001' });
});

test('a request over a lost line fails at once', async () => {
  const { unit, session } = bench();
  await session.connect();
  unit.pull();
  await expect.poll(() => session.state).toBe('lost');
  await expect(session.request('status')).rejects.toBeInstanceOf(LinkError);
});

test('a restart over a port that goes away and comes back ends at the same tracker, unlocked again', async () => {
  const { unit, session, states } = bench();
  unit.pin = '4711';
  await session.connect();
  expect(session.isLocked).toBe(true);
  await session.unlock('4711');
  expect(session.isLocked).toBe(false);
  const restarting = session.afterRestart();
  unit.line?.restart();
  unit.pull();
  unit.isPlugged = true;
  await restarting;
  expect(session.isReady).toBe(true);
  expect(session.isLocked).toBe(false);
  expect(states).toContain('restarting');
});

test('a wrong PIN is refused, and the tracker says how long to wait', async () => {
  const { unit, session } = bench();
  unit.pin = '4711';
  await session.connect();
  await expect(session.unlock('0000')).rejects.toMatchObject({ id: 'console.pin-wrong' });
  if (unit.line) unit.line.waitS = 20;
  await session.refresh();
  expect(session.hello?.waitS).toBe(20);
  expect(session.isLocked).toBe(true);
});

test('another tracker at the same cable is not taken for the first', async () => {
  const { unit, session } = bench();
  await session.connect();
  const renamed = session.afterRestart('TR-0002');
  unit.line?.restart();
  await expect(renamed).rejects.toMatchObject({ id: 'web.other-tracker' });
  expect(session.isReady).toBe(false);
});

test('who leaves while nobody answers hears of no error', async () => {
  const { unit, session } = bench();
  unit.isAsleep = true;
  const connecting = session.connect();
  await expect.poll(() => session.state).toBe('opening');
  await session.disconnect();
  await connecting;
  expect(session.state).toBe('none');
});

test('who leaves a tracker can begin with another one', async () => {
  const { session } = bench();
  await session.connect();
  await session.disconnect();
  expect(session.state).toBe('none');
  expect(session.hello).toBeUndefined();
  expect(await session.connect()).toBe(true);
});
