import { expect, test } from 'vitest';
import { ack, puback } from '../../firmware/uplink/testing/far-side.ts';
import { bundleBoard } from '../../tools/build/bundle.ts';
import { audit } from '../../tools/ride/audit.ts';
import { openStage } from '../../tools/ride/stage.ts';
import { HOUR_US } from '../../tools/sim/kernel.ts';
import type { Stream } from '../../tools/sim/net/network.ts';
import { type Random, randomStream } from '../../tools/sim/random.ts';
import { VmEngine } from '../../tools/sim/vm/engine.ts';
import { findScenario } from '../../tools/world/scenario.ts';

const BOARD = 't-sim7080g-s3';
const HOSTILE_HOURS = 40;
const HOURS = 72;

const CONNACK = '\x20\x02\0\0';
const SUBACK = '\x90\x03\0\x01\0';
/** What a modem says itself, in the middle of what it received. */
const MODEM_TALK = '\r\nOK\r\n+CASTATE: 0,0\r\n>\r\nERROR\r\n+CARECV: 5,';

function noise(random: Random, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode(random.int(0, 255));
  return text;
}

/** What a broker that means no good says to the first thing that it is sent. */
function hostility(random: Random): string {
  const wrong = [
    () => noise(random, random.int(1, 700)),
    () => MODEM_TALK,
    () => `\x30\x7f${MODEM_TALK.repeat(10)}`,
    () => '\x30\xff\xff\xff\x7f',
    () => puback(random.int(0, 65_535)),
    () => ack(random.int(0, 4_000_000), 'sim-1'),
    () => ack(0, 'sim-2'),
    () => '\xd0\0',
    () => CONNACK,
    () => '',
  ];
  const greeting = ['', CONNACK, CONNACK + SUBACK][random.int(0, 2)] ?? '';
  return greeting + (wrong[random.int(0, wrong.length - 1)] as () => string)();
}

test('a tracker rides past hostile brokers and delivers each reading once when it meets an honest one', async () => {
  const random = randomStream(1, 'hostile');
  const bundle = await bundleBoard(BOARD);
  const { kernel, sim, office, network, config, problems } = await openStage({
    scenario: findScenario('hanoi-duisburg'),
    board: BOARD,
    seed: 1,
    intervalS: 300,
    database: ':memory:',
    makeEngine: (made) => new VmEngine(made, bundle, `${BOARD}.js`),
  });
  try {
    let hostile = 0;
    const honest = network.connect.bind(network);
    network.connect = async (...target) => {
      if (kernel.nowUs > HOSTILE_HOURS * HOUR_US) return honest(...target);
      hostile++;
      let said = false;
      const stream: Stream = {
        closed: false,
        onClosed: undefined,
        close: () => {},
        send: async () => {
          if (said) return [];
          said = true;
          return [Buffer.from(hostility(random), 'latin1')];
        },
      };
      return { ok: true, stream };
    };
    sim.tracker.powerOn();
    await kernel.run(HOSTILE_HOURS * HOUR_US);
    expect(hostile).toBeGreaterThan(10);
    expect(await office.store.countReadings(config.deviceId)).toBe(0);
    await kernel.run(HOURS * HOUR_US);
    while (sim.tracker.state !== 'asleep') await kernel.run(kernel.nowUs + HOUR_US / 60);
    const rows = await office.store.readings(config.deviceId);
    const { lost, invented } = audit(sim.witness, rows);
    expect(invented).toEqual([]);
    // What was taken since the last session is under way.
    expect(Math.min(...lost, Number.POSITIVE_INFINITY)).toBeGreaterThan(
      Math.max(...rows.map(({ seq }) => seq)),
    );
    expect(rows.length).toBeGreaterThan(HOSTILE_HOURS * 12);
    expect(sim.tracker.complaints).toEqual([]);
    expect(problems).toEqual([]);
  } finally {
    await office.close();
  }
});
