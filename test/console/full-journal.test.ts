import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Journal } from '../../firmware/journal/journal.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { connect } from '../../tools/console/connect.ts';
import { downloadJournal } from '../../tools/console/download.ts';
import { VirtualPort } from '../../tools/console/testing/virtual-port.ts';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import { JOURNAL_AT } from '../../tools/ride/journey-sim.ts';
import { simulatedKey } from '../../tools/ride/workshop.ts';
import { verifyImage } from '../../tools/verify/verify.ts';

const SEED = 1;
const PAGES = 14;
const PAGE_SIZE = 4096;

/** A ring that has gone round: more readings than it holds, as a tracker with this key writes them. */
function fullRing(): Uint8Array {
  const flash = mockFlash(PAGES, PAGE_SIZE);
  const scale = { intervalS: 600, tempStep: 100, humidityStep: 500, channels: [1, 17, 2] };
  const journal = new Journal(flash, hostCrypto, scale, simulatedKey(SEED), {
    coldLimitMilliC: null,
    warmLimitMilliC: null,
  });
  journal.mount();
  journal.poweredOn(0, 0);
  for (let n = 1; journal.ring.table.sequence.some((sequence) => sequence < 3) || n < 30_000; n++)
    journal.reading(600 * n, [16_434 + (n % 7), 16_560 + (n % 5), 16_430 + (n % 11)]);
  return flash.cells;
}

test('a full journal comes whole, however often the cable is pulled, and is proven and decoded as what stands in flash', async () => {
  const port = await VirtualPort.make({ seed: SEED });
  const { tracker, hardware } = port.bench.stage.sim;
  tracker.powerOff();
  await port.pass(1);
  hardware.flash.cells.set(fullRing(), JOURNAL_AT);
  tracker.powerOn();
  await port.pass(3);

  const [pulls] = fc.sample(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }), {
    seed: 6,
    numRuns: 1,
  }) as [number[]];
  const known = new Uint8Array(PAGES * PAGE_SIZE).fill(0xff);
  let pagesRead = 0;
  for (;;) {
    port.open();
    const { client } = await connect(port);
    let pagesLeft = pulls.shift() ?? Number.POSITIVE_INFINITY;
    try {
      await downloadJournal(client, {
        known,
        keep: (page, bytes) => {
          known.set(bytes, page * PAGE_SIZE);
          pagesRead++;
          if (--pagesLeft === 0) void port.close();
        },
      });
      break;
    } catch (error) {
      expect(error).toMatchObject({ id: 'link.closed' });
    }
  }

  // What had come was not read again, but for the page that is written to.
  expect(pagesRead).toBeLessThanOrEqual(PAGES + 8);
  await port.idle();
  const inFlash = hardware.flash.cells.subarray(JOURNAL_AT, JOURNAL_AT + known.length);
  expect(Buffer.compare(known, inFlash)).toBe(0);
  expect(verifyImage(known, simulatedKey(SEED)).findings).toEqual([]);
  const { readings, problems } = decodeJournalImage(known);
  expect(problems).toEqual([]);
  expect(readings.length).toBeGreaterThan(12_000);
  await port.end();
});
