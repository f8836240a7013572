import { expect, test } from 'vitest';
import { encodeFrame, type Message } from '../../tools/console/frame.ts';
import { VirtualPort } from '../../tools/console/testing/virtual-port.ts';

/** A technician's visit, by hand and by program: everything that the console can do. */
const VISIT: readonly (string | Message)[] = [
  'help',
  'help intervalS',
  'status',
  'sensors',
  'config set apn\x7f\x7f\x7fapn one.example',
  'config show',
  'config check',
  'make tea',
  `${'x'.repeat(300)}`,
  { do: 'hello' },
  { do: 'config.get', key: 'caPem' },
  { do: 'config.set', key: 'seals', value: 'H:ML123456' },
  { do: 'config.set', key: 'container', value: 'CSQU3054384' },
  { do: 'config.set', key: 'container', value: 'CSQU3054383' },
  { do: 'config.set', key: 'caPem', value: '-----BEGIN CERTIFICATE-----MIIB', at: 0 },
  { do: 'config.set', key: 'caPem', value: '-----END CERTIFICATE-----', at: 31 },
  { do: 'config.save', who: 'bob' },
  { do: 'trip.start', trip: 'spring', who: 'bob' },
  { do: 'gnss', limitS: 60 },
  { do: 'journal.info' },
  { do: 'journal.page', page: 0 },
  { do: 'journal.read', page: 0 },
  { do: 'events' },
  { do: 'selftest', who: 'bob' },
  { do: 'reboot' },
  { do: 'selftest', who: 'bob' },
];
/** From a restart to the open window. */
const START_S = 4;

/** What the tracker says on the visit, and what it leaves in flash. */
async function visit(engine: 'vm' | 'espruino'): Promise<{ said: string; flash: Buffer }> {
  const port = await VirtualPort.make({ engine });
  let id = 0;
  await port.write('\r');
  await port.idle();
  for (const one of VISIT) {
    await port.write(typeof one === 'string' ? `${one}\r` : `${encodeFrame({ id: ++id, ...one })}\r\n`);
    await port.idle();
    if (typeof one !== 'string' && one['do'] === 'reboot') await port.pass(START_S);
  }
  const { sim } = port.bench.stage;
  expect(sim.tracker.complaints).toEqual([]);
  // What the interpreter has in flash is there to be seen when it has stopped.
  await port.end();
  return { said: port.said, flash: Buffer.from(sim.hardware.flash.cells) };
}

test.skipIf(!process.env['ESPRUINO'])(
  'the console of the real interpreter says the same as that of the simulator, and leaves the same bytes in flash',
  async () => {
    const simulated = await visit('vm');
    const real = await visit('espruino');
    expect(real.said).toBe(simulated.said);
    expect(Buffer.compare(real.flash, simulated.flash)).toBe(0);
    expect(simulated.said).toContain('"verdict":0,"record"');
  },
);
