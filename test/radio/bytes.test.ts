/** However the modem's bytes are cut, and wherever an unsolicited line falls between them, a session ends as it would. */
import { describe, expect, it } from 'vitest';
import type { FamilyName } from '../../tools/sim/chips/modem/families/index.ts';
import { HOME, RadioBench, type RadioBenchOptions, SESSION_CAP_S } from './testing/radio-bench.ts';

const families = Object.keys(HOME) as FamilyName[];
const READINGS = 12;
/** Lines that a modem may say at any time, with the CR and LF around them; the last two are also answers' beginnings. */
const URCS = ['+CPIN: READY', 'SMS Ready', '+CGREG: 1', '+CEREG: 5,"5B57","195071B",9', '+CSQ: 12,99'];

function benchOf(family: FamilyName, more: Partial<RadioBenchOptions> = {}): RadioBench {
  return new RadioBench({ family, seed: 5, readings: READINGS, ...more });
}

/** All that the modem sends in a session in which nothing goes wrong. */
async function heardBy(family: FamilyName): Promise<string> {
  const bench = benchOf(family);
  let heard = '';
  const { hear } = bench.drivers;
  bench.drivers.hear = (bytes) => {
    heard += bytes;
    hear(bytes);
  };
  expect(await bench.session()).toMatchObject({ result: 'delivered' });
  return heard;
}

describe.each(families)('%s', (family) => {
  it('delivers the same when every byte comes by itself', async () => {
    const bench = benchOf(family);
    const { hear } = bench.drivers;
    bench.drivers.hear = (bytes) => {
      for (const byte of bytes) hear(byte);
    };
    expect(await bench.session()).toMatchObject({ result: 'delivered', delivered: true, faults: [] });
  });

  it('delivers the same when bytes pile up to bursts', async () => {
    const bench = benchOf(family);
    const { hear } = bench.drivers;
    let waiting = '';
    bench.drivers.hear = (bytes) => {
      if (waiting === '')
        bench.drivers.world.kernel.after(45_000, () => {
          const burst = waiting;
          waiting = '';
          hear(burst);
        });
      waiting += bytes;
    };
    expect(await bench.session()).toMatchObject({ result: 'delivered', delivered: true, faults: [] });
  });

  it('delivers the same with an unsolicited line at any place between two lines', {
    timeout: 120_000,
  }, async () => {
    const heard = await heardBy(family);
    const dataAt = heard.search(/\+(CARECV: \d|CCHRECV: DATA|QSSLRECV: \d)/);
    let tried = 0;
    for (let at = 0; at < dataAt; at++) {
      if (at > 0 && !/[\r\n>]$/.test(heard.slice(0, at))) continue;
      const bench = benchOf(family);
      bench.drivers.world.modem.faults.urcAtByte = { at, text: `\r\n${URCS[at % URCS.length]}\r\n` };
      expect(await bench.session(), `at byte ${at}`).toMatchObject({ result: 'delivered', faults: [] });
      tried++;
    }
    expect(tried).toBeGreaterThan(100);
  });

  it('loses nothing when such a line tears another, or the data, apart', { timeout: 120_000 }, async () => {
    const heard = await heardBy(family);
    let delivered = 0;
    let tried = 0;
    for (let at = 0; at < heard.length; at += 3) {
      const bench = benchOf(family);
      bench.drivers.world.modem.faults.urcAtByte = { at, text: `\r\n${URCS[at % URCS.length]}\r\n` };
      const outcome = await bench.session();
      expect(outcome.stored, `at byte ${at}`).toBe(true);
      expect(outcome.tookS, `at byte ${at}`).toBeLessThanOrEqual(SESSION_CAP_S);
      if (outcome.result === 'delivered') expect(outcome.delivered, `at byte ${at}`).toBe(true);
      if (outcome.delivered) delivered++;
      tried++;
    }
    // Only what tears the data themselves apart may cost the session.
    expect(delivered / tried).toBeGreaterThan(0.9);
  });
});
