/**
 * A device program that counts the journal's JsVars, garbage not counted, on a ring that is full. Peaks are taken at
 * each call of flash and of the hashes, which lie deepest. Lines are "@mounted 512".
 */
import { Journal } from '../../../firmware/journal/journal.ts';
import type { Crypto } from '../../../hal/crypto.ts';
import { espruinoCrypto } from '../../../hal/espruino/crypto.ts';
import { espruinoFlash } from '../../../hal/espruino/flash.ts';
import type { FlashRegion } from '../../../hal/flash.ts';
import {
  DEVICE_KEY_BYTE,
  humidityMilliPct,
  NO_LIMITS,
  RAW_FLASH,
  returnMilliC,
  rowOf,
  SAMPLING,
  supplyMilliC,
} from './setting.ts';

const APPENDS = 1000;

const chip = espruinoFlash(RAW_FLASH, espruinoCrypto);
let peak = 0;

function look(): void {
  peak = Math.max(peak, process.memory().usage);
}

function looking<T>(value: T): T {
  look();
  return value;
}

const flash: FlashRegion = {
  pages: chip.pages,
  pageSize: chip.pageSize,
  read: (offset, length) => looking(chip.read(offset, length)),
  isErased: (offset, length) => looking(chip.isErased(offset, length)),
  program: (offset, bytes) => looking(chip.program(offset, bytes)),
  erase: (page) => looking(chip.erase(page)),
};
const crypto: Crypto = {
  crc32: (bytes) => looking(espruinoCrypto.crc32(bytes)),
  sha256: (bytes) => looking(espruinoCrypto.sha256(bytes)),
  base64: (bytes) => looking(espruinoCrypto.base64(bytes)),
};

function tell(what: string, count: number): void {
  print(`@${what} ${count}`);
}

const deviceKey = new Uint8Array(32).fill(DEVICE_KEY_BYTE);
const journal = new Journal(flash, crypto, SAMPLING, deviceKey, NO_LIMITS);
journal.mount();
tell('mounting', peak);
tell('mounted', process.memory().usage);
peak = 0;
const page = journal.ring.page;
for (let reading = 0; reading < APPENDS || journal.ring.page === page; reading++) {
  const row = rowOf(supplyMilliC(reading), humidityMilliPct(reading), returnMilliC(reading));
  journal.reading(journal.state.rowClockS + SAMPLING.intervalS, row);
  if (reading === APPENDS - 1) tell('appended', process.memory().usage);
}
tell('appending', peak);
print('@end');
