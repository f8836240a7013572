import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { NO_NETWORK, SIM_MISSING, TLS_REJECTED } from '../../hal/faults.ts';
import type { Message } from '../../tools/console/frame.ts';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import { ConsoleBench, KEY } from './testing/console-bench.ts';

interface Result {
  readonly steps: Record<string, Message>;
  readonly last: Message;
}

function selfTest(bench: ConsoleBench, fields: Message = {}): Result {
  // Less than an open console waits for a key, where nothing but that is waited for.
  const answers = bench.answers({ do: 'selftest', who: 'bob', ...fields }, fields['modem'] === 0 ? 200 : 700);
  const steps = Object.fromEntries(
    answers.filter(({ step }) => step).map((one) => [String(one['step']), one]),
  );
  return { steps, last: answers.at(-1) ?? {} };
}

/** A network with nobody behind it: a session cannot end well over mocks alone. */
function withoutNetwork(fault = NO_NETWORK): ConsoleBench {
  const bench = new ConsoleBench();
  bench.tracker.link.fault = fault;
  return bench;
}

test('without the radio: sensors, flash, battery and clock, and a record that the key vouches for', () => {
  const bench = new ConsoleBench();
  const { steps, last } = selfTest(bench, { modem: 0 });
  expect(steps['sensors']).toMatchObject({ verdict: 0 });
  expect(steps['flash']).toMatchObject({ verdict: 0 });
  expect(steps['battery']).toMatchObject({ verdict: 0, value: 3900 });
  expect(steps['gnss']).toMatchObject({ verdict: 0, value: 9 });
  expect(steps['clock']).toMatchObject({ verdict: 0 });
  expect(steps['broker']).toMatchObject({ verdict: 3 });
  const mac = createHmac('sha256', KEY)
    .update(Buffer.from(String(last['record']), 'hex'))
    .digest('hex');
  expect(last).toMatchObject({ ok: 1, verdict: 0, mac });
  expect(bench.tracker.power.restarts).toBe(0);
  const tests = decodeJournalImage(bench.tracker.journal.cells).records.filter(
    ({ kind }) => kind === 'TESTED',
  );
  expect(tests).toMatchObject([
    { verdict: null, who: 'bob' },
    { verdict: 0, who: 'bob' },
  ]);
});

test('a probe that does not answer is red, two that differ are amber', () => {
  const bench = new ConsoleBench();
  bench.tracker.returnAir.tempMilliC = 15_000;
  expect(selfTest(bench, { modem: 0, gnss: 0 }).steps['sensors']).toMatchObject({ verdict: 1 });
  Object.assign(bench.tracker.supplyAir, { failure: 'no-answer' });
  const { steps, last } = selfTest(bench, { modem: 0, gnss: 0 });
  expect(steps['sensors']).toMatchObject({ verdict: 2, error: 20 });
  expect(last).toMatchObject({ ok: 1, verdict: 2 });
});

test.each([
  [3900, 0],
  [3550, 1],
  [3300, 2],
  [null, 1],
])('a battery of %s mV is worth %d', (level, verdict) => {
  const bench = new ConsoleBench();
  bench.tracker.battery.level = level;
  expect(selfTest(bench, { modem: 0, gnss: 0 }).steps['battery']).toMatchObject({ verdict });
});

test('a covered sky is amber, a dead receiver red', () => {
  const bench = new ConsoleBench();
  bench.tracker.gnss.fix = null;
  expect(selfTest(bench, { modem: 0 }).steps['gnss']).toMatchObject({ verdict: 1, error: 30 });
  bench.tracker.gnss.failure = 'silent';
  expect(selfTest(bench, { modem: 0 }).steps['gnss']).toMatchObject({ verdict: 2, error: 32 });
});

test.each([
  ['no network', NO_NETWORK, { sim: 0, network: 2, broker: 2 }],
  ['no SIM', SIM_MISSING, { sim: 2, network: 3, broker: 2 }],
  ['a broker whose certificate is wrong', TLS_REJECTED, { sim: 0, network: 0, broker: 2 }],
])(
  '%s: the step that it is about is red, and the tracker starts again behind it',
  (_what, fault, verdicts) => {
    const bench = withoutNetwork(fault);
    if (fault === TLS_REJECTED)
      bench.tracker.link.met = { ...bench.tracker.link.met, technology: 1, rssiDbm: -80 };
    const { steps, last } = selfTest(bench, { gnss: 0 });
    for (const [step, verdict] of Object.entries(verdicts))
      expect(steps[step], step).toMatchObject({ verdict });
    expect(last).toMatchObject({ ok: 1, verdict: 2 });
    bench.pass(1);
    expect(bench.tracker.power.restarts).toBe(1);
  },
);

test('readings go on while a self-test takes longer than the interval', () => {
  const bench = new ConsoleBench({ intervalS: 60 });
  bench.tracker.link.fault = NO_NETWORK;
  bench.tracker.link.opensAfterS = 300;
  selfTest(bench, {});
  const { readings } = decodeJournalImage(bench.tracker.journal.cells);
  expect(readings.length).toBeGreaterThan(5);
});

test('a tracker that was never provisioned is told so', () => {
  const bench = new ConsoleBench(null);
  const { steps, last } = selfTest(bench, { gnss: 0 });
  expect(steps['broker']).toMatchObject({ verdict: 2, error: 132 });
  expect(last).toMatchObject({ ok: 1, verdict: 2, mac: '' });
});

test('it asks who is there', () => {
  const bench = new ConsoleBench();
  for (const who of ['', 'a b', 'x'.repeat(17), 7, null])
    expect(bench.ask({ do: 'selftest', who })).toMatchObject({ ok: 0, error: 114, about: 'who' });
});
