import { PAGE_SIZE } from '../../../firmware/journal/format.ts';
import { Replay } from '../../../firmware/journal/replay.ts';
import { BATCH_HEADER_ROOM, putBatchHeader } from '../../../firmware/uplink/batch.ts';
import { mockFlash } from '../../../hal/mock/flash.ts';
import { hostCrypto } from '../../../tools/crypto/host-crypto.ts';
import { scriptedLife } from './life.ts';
import { Witness, type WitnessedJournal } from './witness.ts';

const PAGES = 3;
const LAPS = 3;
const MESSAGE = 1200;

/** What the firmware writes and sends. */
export interface Traces {
  /** Each page that was ever begun, as it stood when it was last seen. */
  readonly pages: readonly Uint8Array[];
  /** All that was left in flash at the end, and a LOST for what was not. */
  readonly messages: readonly Uint8Array[];
}

/** Live the scripted life of `seed` until its ring of 3 pages has been lapped 3 times. */
export function liveLife(seed: number): Traces {
  const flash = mockFlash(PAGES, PAGE_SIZE);
  const witness = new Witness(flash);
  const pages = new Map<string, Uint8Array>();
  for (const wake of scriptedLife(seed)) {
    const journal = witness.boot(wake.intervalS, hostCrypto);
    wake.live(journal);
    if ((flash.erasesOf[0] as number) >= LAPS)
      return { pages: [...pages.values()], messages: messagesOf(journal) };
    for (let start = 0; start < flash.cells.length; start += PAGE_SIZE) {
      const page = flash.cells.slice(start, start + PAGE_SIZE);
      if (page[0] !== 0xff) pages.set(Buffer.from(page.subarray(0, 40)).toString('hex'), page);
    }
  }
  throw new Error('a life without end has ended');
}

function messagesOf({ journal, region }: WitnessedJournal): Uint8Array[] {
  const replay = new Replay(journal, region, hostCrypto, 0);
  const messages: Uint8Array[] = [];
  for (;;) {
    const out = new Uint8Array(MESSAGE);
    const slice = replay.take(out, BATCH_HEADER_ROOM);
    if (slice === null) return messages;
    const start = putBatchHeader(out, BATCH_HEADER_ROOM, 'CRLU1234567', slice.header);
    messages.push(out.subarray(start, BATCH_HEADER_ROOM + slice.length));
  }
}
