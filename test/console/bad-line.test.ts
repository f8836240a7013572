/** The firmware's own console over a line that damages, loses and repeats what goes over it, and without power in between. */
import { afterEach, expect, test } from 'vitest';
import { applyConfig } from '../../tools/console/apply.ts';
import { Client } from '../../tools/console/client.ts';
import { connect } from '../../tools/console/connect.ts';
import { downloadJournal } from '../../tools/console/download.ts';
import { readConfig } from '../../tools/console/read-config.ts';
import { badLine } from '../../tools/console/testing/bad-line.ts';
import { VirtualPort } from '../../tools/console/testing/virtual-port.ts';
import { randomStream } from '../../tools/sim/random.ts';

const DAMAGE = { split: 0.5, drop: 0.0002, flip: 0.0002, noise: 0.1, twice: 0.05, silent: 0.02 };
const CA = `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(300)}\n-----END CERTIFICATE-----\n`;
const wanted = { intervalS: 300, apn: 'other.example', caPem: CA, tripHours: 200 };
const START_S = 4;

const trackers: VirtualPort[] = [];

afterEach(async () => {
  for (const tracker of trackers.splice(0)) await tracker.end();
});

async function tracker(): Promise<VirtualPort> {
  const port = await VirtualPort.make();
  trackers.push(port);
  return port;
}

const patient = { timeoutMs: 150, attempts: 60 };
const clean = (port: VirtualPort) => connect(port, { knocksBeforeReset: 1, client: { timeoutMs: 5000 } });

test('over a bad line the log comes as it is', async () => {
  const port = await tracker();
  const { image } = await downloadJournal((await clean(port)).client);
  for (const name of ['a', 'b']) {
    const line = badLine(port, DAMAGE, randomStream(51, name).next);
    const got = await downloadJournal(new Client(line, patient));
    expect(Buffer.from(got.image).equals(image), name).toBe(true);
  }
});

test('over a bad line a configuration is taken as it was sent', async () => {
  const port = await tracker();
  const line = badLine(port, DAMAGE, randomStream(52, 'apply').next);
  const reconnect = async (): Promise<Client> => {
    await port.pass(START_S);
    return (await connect(line, { knocksBeforeReset: 3, knockMs: 200, client: patient })).client;
  };
  const { client } = await connect(line, { knockMs: 200, client: patient });
  expect(await applyConfig(client, wanted, { who: 'tester', reconnect })).toMatchObject({ wasSaved: true });
  expect(await readConfig((await clean(port)).client)).toMatchObject(wanted);
});

test('wherever power is cut while a configuration is applied, the tracker has all of it or nothing', async () => {
  const port = await tracker();
  const taken: boolean[] = [];
  for (let cutAt = 2; cutAt < 28; cutAt += 2) {
    const { client } = await clean(port);
    const before = await readConfig(client);
    const values = { ...wanted, intervalS: 300 + cutAt, apn: `cut-${cutAt}.example` };
    let writes = 0;
    const write = port.write.bind(port);
    port.write = async (text) => {
      if (++writes === cutAt) {
        port.write = write;
        await port.cutPower();
      }
      await write(text);
    };
    await applyConfig(client, values, {
      who: 'tester',
      reconnect: async () => {
        await port.pass(START_S);
        return (await clean(port)).client;
      },
    }).catch((error) => expect(error.report()).toMatch(/^error /));
    port.write = write;
    const after = await readConfig((await clean(port)).client);
    const isTaken = after['intervalS'] === values.intervalS;
    expect(after, `cut at ${cutAt}`).toEqual(isTaken ? { ...before, ...values } : before);
    taken.push(isTaken);
  }
  expect(new Set(taken).size).toBe(2);
});
