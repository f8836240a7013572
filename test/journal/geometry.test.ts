/** The ring's size is the board's: 2 pages of a test chip, 16 of a stock layout, 384 of a partition of its own. */
import { expect, test } from 'vitest';
import { HEADER_SIZE, PAGE_SIZE } from '../../firmware/journal/format.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import { audit } from './testing/audit.ts';
import { readBack } from './testing/read-back.ts';
import { Witness } from './testing/witness.ts';

const LAPS = 2;
/** Wakes come and go; a prime, so that boots meet blocks and pages everywhere. Fewer boots where each has much to read. */
const readingsALife = (pages: number): number => (pages < 100 ? 97 : 1009);

test.each([2, 3, 16, 160, 384])(
  '%d pages are lapped twice, and hold all but what was overwritten',
  (pages) => {
    const flash = mockFlash(pages, PAGE_SIZE);
    const witness = new Witness(flash);
    let mostRead = 0;
    for (let reading = 0; (flash.erasesOf.at(-1) as number) < LAPS; ) {
      const before = flash.counts.bytesRead;
      const boot = witness.boot(300, hostCrypto);
      mostRead = Math.max(mostRead, boot.scanned - before);
      if (reading === 0) boot.poweredOn(0, 0);
      for (let i = 0; i < readingsALife(pages); i++, reading++) {
        // Readings that share little are long: the ring fills in fewer of them.
        const channels = [((reading * 7919) % 4000) * 10, (reading % 200) * 500, 4000] as const;
        expect(boot.reading(300 * reading, channels)).toBe(true);
      }
      // The collector keeps up for the most part.
      if (reading % 5 === 0) boot.ack(boot.journal.state.nextSeq - 50);
    }
    expect(audit(witness, readBack(flash.cells, PAGE_SIZE))).toBeNull();
    const held = witness.entries.filter(({ page, erases }) => flash.erasesOf[page] === erases).length;
    // Half a page is erased ahead at the most, and one page is begun.
    expect(held).toBeGreaterThan((witness.entries.length / (LAPS + 1)) * ((pages - 1.5) / pages) * 0.9);
    expect(mostRead, 'bytes that a boot reads').toBeLessThanOrEqual(pages * HEADER_SIZE + PAGE_SIZE);
  },
);
