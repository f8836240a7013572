/** A device program that judges a journey, and prints what comes of it, a line each. The last line is `end`. */
import { espruinoCrypto } from '../../../hal/espruino/crypto.ts';
import { espruinoFlash } from '../../../hal/espruino/flash.ts';
import { judgedLife, meanKineticLife } from './judged-life.ts';
import { RING_PAGES } from './life.ts';

const RAW_FLASH = { address: 0x10030000, pages: RING_PAGES, pageSize: 4096, erases: 1024 };

function line(text: string): void {
  print(`@${text}`);
}

meanKineticLife(line);
judgedLife(espruinoFlash(RAW_FLASH, espruinoCrypto), espruinoCrypto, line);
line('end');
