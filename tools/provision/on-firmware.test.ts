import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { KEY_CA, KEY_DEVICE_ID, KEY_DEVICE_KEY } from '../../firmware/config/schema.ts';
import { connect } from '../console/connect.ts';
import { readConfig } from '../console/read-config.ts';
import { selfTest } from '../console/selftest.ts';
import { VirtualPort } from '../console/testing/virtual-port.ts';
import { decodeJournalImage } from '../decode/image.ts';
import { prove } from '../record/proof.ts';
import { readRecordFile } from '../record/read-record.ts';
import { JOURNAL_AT } from '../ride/journey-sim.ts';
import { readOrder } from './read-order.ts';
import { runOrder } from './run-order.ts';
import { goodOrder, OrderFolder, SECRET } from './testing/order-folder.ts';
import type { Workbench } from './workbench.ts';

const folder = new OrderFolder();
afterAll(() => folder.remove());

test('the firmware takes a whole work order, shows it behind a restart, and vouches for its self-test', async () => {
  const port = await VirtualPort.make({ isBlank: true });
  const said: string[] = [];
  const bench: Workbench = {
    plugged: async (run) => {
      const tracker = await connect(port);
      const reconnect = async () => {
        await port.cutPower();
        return (await connect(port)).client;
      };
      return await run({ ...tracker, reconnect });
    },
    isAttended: false,
    ask: async () => true,
    say: (sentence) => said.push(sentence),
    sleep: async () => {},
  };
  try {
    const units = readOrder(folder.put('order.json', JSON.stringify(goodOrder)));
    await runOrder(units, bench, { who: 'J-Doe', now: () => '', onDone: () => {} });
    const { client } = await connect(port);
    const { deviceKey: _key, simPin: _pin, ...shown } = units[0]?.values ?? {};
    expect(await readConfig(client)).toMatchObject({ ...shown, deviceKey: true, simPin: true });

    const { record } = await selfTest(client, {
      who: 'J-Doe',
      device: 'TR-0001',
      skipGnss: true,
      skipModem: true,
    });
    writeFileSync(folder.at('record.json'), JSON.stringify(record));
    const read = readRecordFile(folder.at('record.json'));
    expect(read.record).toMatchObject({ device: 'TR-0001', who: 'J-Doe', container: 'CSQU3054383' });
    expect(prove(read, Buffer.from(SECRET, 'hex'))).toEqual({ proven: true });
    expect(createHmac('sha256', Buffer.alloc(32)).update(read.bytes).digest()).not.toEqual(
      Buffer.from(read.mac),
    );

    const { records } = decodeJournalImage(port.bench.stage.sim.hardware.flash.cells.subarray(JOURNAL_AT));
    const changed = records.flatMap((one) => (one.kind === 'CHANGED' ? [one] : []));
    const change = (key: number) => changed.find((one) => one.key === key);
    expect(change(KEY_DEVICE_ID)).toMatchObject({ old: '', new: 'TR-0001', who: 'J-Doe' });
    expect(change(KEY_DEVICE_KEY)).toMatchObject({ old: '(none)', new: '(set)' });
    expect(change(KEY_CA)).toMatchObject({ new: expect.stringMatching(/^#\d+:[0-9a-f]{8}$/) });
    const tests = records.filter(({ kind }) => kind === 'TESTED');
    expect(tests[0]).toMatchObject({ verdict: null, steps: [] });
    expect(tests[1]).toMatchObject({
      who: 'J-Doe',
      steps: read.record.steps,
    });
  } finally {
    await port.end();
  }
});
