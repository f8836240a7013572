/**
 * A device program that keeps a journal for as long as it is let. It goes on where the journal says that it was, as a
 * wake does. It prints a line for each append once that has returned, and one before each erase.
 */
import { Journal } from '../../../firmware/journal/journal.ts';
import { espruinoCrypto } from '../../../hal/espruino/crypto.ts';
import { espruinoFlash } from '../../../hal/espruino/flash.ts';
import type { FlashRegion } from '../../../hal/flash.ts';
import {
  ackAt,
  DEVICE_KEY_BYTE,
  FIX_AFTER_S,
  hasAck,
  hasFix,
  hasSession,
  LIMITS,
  latE5At,
  lonE5At,
  outcomeAt,
  RING_PAGES,
  rowAt,
  SAMPLING,
  SATELLITES,
  SESSION_AFTER_S,
  utcAt,
} from './life.ts';

const RAW_FLASH = { address: 0x10030000, pages: RING_PAGES, pageSize: 4096, erases: 1024 };

const chip = espruinoFlash(RAW_FLASH, espruinoCrypto);
const flash: FlashRegion = {
  pages: chip.pages,
  pageSize: chip.pageSize,
  read: chip.read,
  isErased: chip.isErased,
  program: chip.program,
  erase: (page) => {
    print(`@erase ${page}`);
    return chip.erase(page);
  },
};
const deviceKey = new Uint8Array(32).fill(DEVICE_KEY_BYTE);
const journal = new Journal(flash, espruinoCrypto, SAMPLING, deviceKey, LIMITS);

journal.mount();
if (journal.state.powerOn === 0) journal.poweredOn(0, 0);
let reading = journal.state.rowClockS / SAMPLING.intervalS + 1;
for (;;) {
  const atS = reading * SAMPLING.intervalS;
  if (!journal.reading(atS, rowAt(reading))) break;
  print(`@reading ${reading}`);
  if (hasFix(reading)) {
    journal.fix(atS + FIX_AFTER_S, latE5At(reading), lonE5At(reading), SATELLITES, utcAt(reading));
    print(`@fix ${reading}`);
  }
  if (hasAck(reading)) {
    journal.ack(ackAt(reading));
    print(`@ack ${reading}`);
  }
  if (hasSession(reading)) {
    journal.session(atS + SESSION_AFTER_S, outcomeAt(reading));
    print(`@session ${reading}`);
  }
  reading++;
}
print(`@refused ${reading}`);
