/**
 * A device program that measures the journal beside one JSON.stringify and Storage append of the same reading, a piece of
 * the one and a piece of the other in turn. It finds a ring that is full and a newest block that is half full. A line
 * tells microseconds: "@mount 812.5".
 */
import { Journal } from '../../../firmware/journal/journal.ts';
import { sealOf } from '../../../firmware/journal/seal.ts';
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

const WAKES = 20;
const APPENDS = 200;
const SEALS = 5;
const START_UTC_S = 1795282366;

const chip = espruinoFlash(RAW_FLASH, espruinoCrypto);
let erasing = 0;
const flash: FlashRegion = {
  pages: chip.pages,
  pageSize: chip.pageSize,
  read: chip.read,
  isErased: chip.isErased,
  program: chip.program,
  erase: (page) => {
    const start = getTime();
    const failure = chip.erase(page);
    erasing = getTime() - start;
    return failure;
  },
};
const deviceKey = new Uint8Array(32).fill(DEVICE_KEY_BYTE);
const storage = (global as unknown as { require(module: 'Storage'): EspruinoStorage }).require('Storage');
let reading = 0;

function mounted(): Journal {
  const journal = new Journal(flash, espruinoCrypto, SAMPLING, deviceKey, NO_LIMITS);
  journal.mount();
  return journal;
}

/** Seconds that an append takes, from the sensors' values to a record that is durable. */
function append(journal: Journal): number {
  const atS = journal.state.rowClockS + SAMPLING.intervalS;
  const supply = supplyMilliC(reading);
  const humidity = humidityMilliPct(reading);
  const back = returnMilliC(reading++);
  const start = getTime();
  journal.reading(atS, rowOf(supply, humidity, back));
  return getTime() - start;
}

/** Seconds that the same takes as a line of JSON in a file of Storage. */
function store(): number {
  const supply = supplyMilliC(reading);
  const humidity = humidityMilliPct(reading);
  const back = returnMilliC(reading);
  const time = START_UTC_S + reading;
  const start = getTime();
  const line = JSON.stringify({ t: supply / 1000, h: humidity / 1000, r: back / 1000, time });
  storage.open('log', 'a').write(`${line}\n`);
  return getTime() - start;
}

function tell(what: string, seconds: number): void {
  print(`@${what} ${seconds * 1000000}`);
}

let storing = 0;
let mounting = 0;
let appending = 0;
for (let i = 0; i < WAKES; i++) {
  const start = getTime();
  const journal = mounted();
  mounting += getTime() - start;
  appending += append(journal);
  storing += store();
}
tell('mount', mounting / WAKES);
tell('wake', (mounting + appending) / WAKES);

const journal = mounted();
const ring = journal.ring;
appending = 0;
for (let i = 0; i < APPENDS; i++) {
  appending += append(journal);
  storing += store();
}
tell('append', appending / APPENDS);

let sealing = 0;
for (let i = 0; i < SEALS; i++) {
  const start = getTime();
  sealOf(flash, ring.page, deviceKey, espruinoCrypto);
  sealing += getTime() - start;
  storing += store();
}
tell('seal', sealing / SEALS);
tell('store', storing / (WAKES + APPENDS + SEALS));

/** What single appends take that begin a block, thin the next page (its erase not counted), and begin a page. */
let beginning = 0;
let blocks = 0;
const page = ring.page;
erasing = 0;
while (ring.page === page) {
  const index = ring.index;
  const seconds = append(journal);
  if (ring.page !== page) tell('page', seconds);
  else if (erasing > 0) tell('thinning', seconds - erasing);
  else if (ring.index !== index) {
    beginning += seconds;
    blocks++;
  }
  erasing = 0;
}
tell('block', beginning / blocks);
print('@end');
