/**
 * Power fails after every single byte that a tracker's life programs and erases.
 *
 * The life laps a ring of 2 and of 3 pages twice. Each cut is tried twice: with the cells that the cut left open as they
 * were, and scrambled (damage.ts). Then the tracker boots, appends one more reading, boots once more, and the host's own
 * decoder says what stands in flash.
 *
 * There is no luck in it: a record's check stands in another program page than the record and is programmed behind it, so
 * no noise of a cut can make a record (docs/journal.md, "What we chose, and why").
 */
import { afterAll, expect, test } from 'vitest';
import { HEADER_SIZE, PAGE_SIZE } from '../../firmware/journal/format.ts';
import { type FlashSnapshot, type MockFlash, mockFlash, PowerCut } from '../../hal/mock/flash.ts';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import { randomStream } from '../../tools/sim/random.ts';
import { audit } from './testing/audit.ts';
import { type Aftermath, scrambleCuts } from './testing/damage.ts';
import { scriptedLife, type Wake } from './testing/life.ts';
import { CachedReadBack, readBack } from './testing/read-back.ts';
import { Witness } from './testing/witness.ts';

const SEED = 20261121;
const LAPS = 2;

let cuts = 0;

afterAll(() => console.log(`power cuts tried: ${cuts}`));

/** Where one wake of the life begins. */
interface Moment {
  readonly wake: Wake;
  readonly flash: FlashSnapshot;
  readonly witness: Witness;
}

/** Live until the ring has been lapped; `visit` each wake before it is lived, with what it programs and erases. */
function live(flash: MockFlash, visit: (moment: Moment, bytes: number) => void): void {
  const witness = new Witness(flash);
  for (const wake of scriptedLife(SEED)) {
    const moment = { wake, flash: flash.snapshot(), witness: witness.fork() };
    flash.fuel = 1e9;
    wake.live(witness.boot(wake.intervalS, hostCrypto));
    const bytes = 1e9 - flash.fuel;
    const lived = flash.snapshot();
    visit(moment, bytes);
    flash.load(lived);
    if ((flash.erasesOf[0] as number) >= LAPS) return;
  }
}

/** Boot with power for `fuel` more bytes and live the wake; true when power failed. */
function liveUntilCut(witness: Witness, wake: Wake, fuel: number): boolean {
  const { flash } = witness;
  flash.fuel = fuel;
  try {
    wake.live(witness.boot(wake.intervalS, hostCrypto));
    return false;
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    return true;
  } finally {
    flash.restore();
    flash.afterCut = null;
  }
}

/** What is wrong after a cut, in words; null when nothing is. */
function complaint(witness: Witness, intervalS: number, cached: CachedReadBack): string | null {
  const { flash, entries } = witness;
  const before = flash.counts.bytesRead;
  const boot = witness.boot(intervalS, hostCrypto);
  const scanned = boot.scanned - before;
  const headers = flash.pages * HEADER_SIZE;
  // Among rubbish every block of a page is looked at, and the next page may be begun to say so.
  if (scanned > headers + 4 * PAGE_SIZE) return `the boot scan read ${scanned} bytes`;
  const { nextSeq } = boot.journal.state;
  const newest = entries.at(-1);
  if (newest && nextSeq <= newest.seq) return `seq ${nextSeq} comes again: ${newest.seq} was given`;

  witness.powerOn = boot.journal.state.powerOn;
  if (!boot.reading(1e6 + entries.length, [-12300, 45500, 67800])) return 'the next append fails';
  const left = JSON.stringify(boot.journal.state);
  const settled = flash.counts.bytesRead;
  const again = witness.boot(intervalS, hostCrypto);
  if (again.scanned - settled > headers + 2 * PAGE_SIZE)
    return `the next boot scan read ${again.scanned - settled} bytes`;
  if (JSON.stringify(again.journal.state) !== left)
    return `the next boot finds ${JSON.stringify(again.journal.state)}`;
  const found = cached.all(flash.cells, PAGE_SIZE);
  if (cuts % 997 === 0) expect(found.flat()).toEqual(readBack(flash.cells, PAGE_SIZE).flat());
  return audit(witness, found);
}

for (const pages of [2, 3]) {
  for (const aftermath of ['clean', 'scrambled'] satisfies Aftermath[]) {
    test(`nothing is lost or invented, ${pages} pages, wherever power fails, ${aftermath}`, () => {
      const flash = mockFlash(pages, PAGE_SIZE);
      const cached = new CachedReadBack();
      const complaints: string[] = [];
      live(flash, ({ wake, flash: start, witness }, bytes) => {
        for (let fuel = 0; fuel < bytes; fuel++) {
          flash.load(start);
          if (aftermath === 'scrambled') scrambleCuts(flash, SEED, cuts);
          const future = witness.fork();
          cuts++;
          if (!liveUntilCut(future, wake, fuel)) throw new Error(`no cut after ${fuel} bytes`);
          const wrong = complaint(future, wake.intervalS, cached);
          if (wrong)
            complaints.push(`cut ${fuel} of ${bytes} behind record ${witness.entries.at(-1)?.seq}: ${wrong}`);
        }
      });
      expect(complaints.slice(0, 10), `${complaints.length} complaints`).toEqual([]);
    });
  }
}

test('nothing is lost or invented when power fails again while the tracker recovers', () => {
  const flash = mockFlash(2, PAGE_SIZE);
  const cached = new CachedReadBack();
  const random = randomStream(SEED, 'two cuts');
  const complaints: string[] = [];
  live(flash, ({ wake, flash: start, witness }, bytes) => {
    for (let sample = 0; sample < 12; sample++) {
      flash.load(start);
      const future = witness.fork();
      const fuels = [random.int(0, bytes - 1), random.int(0, sample < 6 ? 60 : 600)];
      for (const fuel of fuels) {
        scrambleCuts(flash, SEED, cuts++);
        liveUntilCut(future, wake, fuel);
      }
      const wrong = complaint(future, wake.intervalS, cached);
      if (wrong) complaints.push(`cuts ${fuels} of ${bytes} behind ${witness.entries.at(-1)?.seq}: ${wrong}`);
    }
  });
  expect(complaints.slice(0, 10), `${complaints.length} complaints`).toEqual([]);
});

test('the number of cuts tried is five digits or more', () => {
  expect(cuts).toBeGreaterThan(10_000);
});
