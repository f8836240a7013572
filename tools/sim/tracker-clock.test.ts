import { expect, test } from 'vitest';
import type { Hardware } from './hardware.ts';
import { Kernel } from './kernel.ts';
import { boardStopped, type Engine, type Machine } from './machine.ts';
import { VirtualTracker } from './tracker.ts';

const MINUTE_US = 60_000_000;

/** True time and uptime, both in microseconds, at each boot of a program that sleeps ten minutes at a time. */
async function boots(clockDrift: number | ((kernel: Kernel) => number), minutes: number) {
  const kernel = new Kernel();
  const seen: { trueUs: number; uptimeUs: number }[] = [];
  const engine: Engine = {
    boot: (machine: Machine) => {
      seen.push({ trueUs: kernel.nowUs, uptimeUs: machine.uptimeUs() });
      try {
        machine.deepSleep(10 * MINUTE_US);
      } catch (stopped) {
        if (stopped !== boardStopped) throw stopped;
      }
    },
    receive: () => {},
    type: () => {},
    stop: () => {},
    complaints: () => [],
  };
  const hardware = { modem: {}, flash: {}, power: () => {} } as unknown as Hardware;
  const drift = typeof clockDrift === 'number' ? clockDrift : () => clockDrift(kernel);
  new VirtualTracker({ kernel, hardware, engine, clockDrift: drift }).powerOn();
  await kernel.run(minutes * MINUTE_US);
  return seen;
}

test('a board whose clock is 2 % slow sleeps longer than it believes, and is right while it is awake', async () => {
  const [first, second, third] = await boots(-0.02, 35);
  expect(first.uptimeUs).toBe(first.trueUs);
  // 600 s by a clock that counts 0.98 s a second, and 0.3 s awake until the program runs.
  expect(second.trueUs - first.trueUs).toBe(612_244_898 + 300_000);
  expect(second.uptimeUs - first.uptimeUs).toBe(600_000_000 + 300_000);
  expect(third.trueUs - second.trueUs).toBe(second.trueUs - first.trueUs);
});

test('each sleep goes by the drift at its start, and moments are whole microseconds', async () => {
  const seen = await boots(({ nowUs }) => (nowUs < 15 * MINUTE_US ? 0.001 : -0.0277), 60);
  const sleptUs = seen.slice(1).map(({ trueUs }, i) => trueUs - seen[i].trueUs - 300_000);
  expect(sleptUs.slice(0, 3)).toEqual([599_400_600, 599_400_600, 617_093_490]);
  for (const { trueUs, uptimeUs } of seen) expect([trueUs, uptimeUs].every(Number.isInteger)).toBe(true);
});
