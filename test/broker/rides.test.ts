import { afterEach, describe, expect, test } from 'vitest';
import { bundleBoard } from '../../tools/build/bundle.ts';
import { audit } from '../../tools/ride/audit.ts';
import { openStage, type Stage } from '../../tools/ride/stage.ts';
import { HOUR_US } from '../../tools/sim/kernel.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { VmEngine } from '../../tools/sim/vm/engine.ts';
import { findScenario } from '../../tools/world/scenario.ts';
import {
  embeddedBroker,
  findMosquitto,
  type MortalBroker,
  mosquittoBroker,
} from './testing/mortal-broker.ts';

const BOARD = 't-sim7080g-s3';
const DAYS = 4;
/** After the planned days, until the last outage is made good. */
const LONGEST_WAIT_HOURS = 48;

let cleanUp: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of cleanUp.reverse()) await end();
  cleanUp = [];
});

async function board(seed: number, broker: MortalBroker): Promise<Stage> {
  cleanUp.push(() => broker.end());
  const bundle = await bundleBoard(BOARD);
  const stage = await openStage({
    scenario: findScenario('hanoi-duisburg'),
    board: BOARD,
    seed,
    intervalS: 300,
    database: ':memory:',
    broker: broker.url,
    makeEngine: (kernel) => new VmEngine(kernel, bundle, `${BOARD}.js`),
  });
  cleanUp.push(() => stage.office.close());
  return stage;
}

/** Kill the broker at seeded moments, most of them in the middle of a session, and bring it back minutes to hours later. */
function killAtRandom(
  { kernel, network, office }: Stage,
  broker: MortalBroker,
  seed: number,
): { kills: number } {
  const random = randomStream(seed, 'broker');
  const count = { kills: 0 };
  let alive = true;

  async function kill(): Promise<void> {
    if (!alive) return;
    alive = false;
    count.kills++;
    await broker.kill();
    await network.allClosed();
    while (office.collector.hearing) await new Promise((resolve) => setImmediate(resolve));
    const minutes = random.int(0, 3) === 0 ? random.int(60, 480) : random.int(0, 5);
    kernel.after(minutes * 60_000_000 + 5_000_000, async () => {
      await broker.restart();
      await office.collector.whenSubscribed();
      alive = true;
    });
  }

  const connect = network.connect.bind(network);
  network.connect = async (...target) => {
    const connected = await connect(...target);
    if (connected.ok && random.int(0, 2) > 0) kernel.after(random.int(0, 12_000_000), kill);
    return connected;
  };
  for (let i = 0; i < 3; i++) kernel.at(random.int(1, DAYS * 24 * 3600) * 1_000_000, kill);
  return count;
}

async function rideToTheEnd({ kernel, sim, office, config }: Stage): Promise<void> {
  sim.tracker.powerOn();
  await kernel.run(DAYS * 24 * HOUR_US);
  const patienceUs = kernel.nowUs + LONGEST_WAIT_HOURS * HOUR_US;
  const settled = async (): Promise<boolean> =>
    sim.tracker.state === 'asleep' &&
    (await office.store.countReadings(config.deviceId)) === sim.witness.stored.size;
  while (kernel.nowUs < patienceUs && !(await settled())) await kernel.run(kernel.nowUs + HOUR_US / 60);
}

async function expectExactlyOnce({ sim, office, config, problems }: Stage): Promise<void> {
  const rows = await office.store.readings(config.deviceId);
  expect(rows.length).toBe(sim.witness.stored.size);
  expect(new Set(rows.map(({ seq }) => seq)).size).toBe(rows.length);
  expect(audit(sim.witness, rows)).toEqual({ lost: [], invented: [] });
  expect(sim.witness.unexplained).toBe(0);
  expect(sim.witness.samples.length).toBe(sim.witness.stored.size);
  expect(sim.tracker.complaints).toEqual([]);
  expect(problems).toEqual([]);
  expect(office.collector.stats).toMatchObject({ conflicts: 0, malformed: 0 });
}

const mosquitto = findMosquitto();
const brokers: [string, (() => Promise<MortalBroker>) | undefined][] = [
  ['the embedded broker', embeddedBroker],
  ['mosquitto', mosquitto === undefined ? undefined : () => mosquittoBroker(mosquitto)],
];

describe.each(brokers)('with %s', (name, start) => {
  const where = start ? test : test.skip;
  const note = start ? '' : ` (${name} is not installed)`;

  where.each([1, 2, 3])(`killed again and again, each reading arrives once, seed %i${note}`, async (seed) => {
    const broker = await (start as () => Promise<MortalBroker>)();
    const stage = await board(seed, broker);
    const count = killAtRandom(stage, broker, seed);
    await rideToTheEnd(stage);
    await expectExactlyOnce(stage);
    expect(count.kills).toBeGreaterThan(8);
  });

  where(`left alone, sessions end in order and no will is told${note}`, async () => {
    const stage = await board(4, await (start as () => Promise<MortalBroker>)());
    await rideToTheEnd(stage);
    await expectExactlyOnce(stage);
    expect(stage.office.collector.stats.brokenOff).toBe(0);
  });
});

test('the same kills of the broker give the same bytes on the wire', async () => {
  const digests: string[] = [];
  for (let run = 0; run < 2; run++) {
    const broker = await embeddedBroker();
    const stage = await board(5, broker);
    killAtRandom(stage, broker, 5);
    await rideToTheEnd(stage);
    digests.push(stage.sim.wire.digest());
  }
  expect(digests[1]).toBe(digests[0]);
});
