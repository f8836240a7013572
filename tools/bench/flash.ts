import type { Journal } from '../../firmware/journal/journal.ts';
import { toCode } from '../../firmware/journal/row.ts';
import {
  isHumidity,
  RETURN_TEMP,
  type Sampling,
  SUPPLY_HUMIDITY,
  SUPPLY_TEMP,
} from '../../firmware/journal/scale.ts';
import { type MockFlash, mockFlash } from '../../hal/mock/flash.ts';
import { randomStream } from '../sim/random.ts';
import { mountedJournal, PAGE_SIZE, RING_PAGES } from './journal.ts';

const INTERVAL_S = 300;
const START_UTC_S = 1_767_225_600;
const NETWORK = 2;
const NOT_ANSWERING = 0;
const SATELLITES = 8;

/** What the journal makes of a seeded walk of up to 0.3 C and 1.5 % a reading, at 0.1 C and 0.5 %, nothing sent. */
export interface FlashFigures {
  /** Bytes of full pages a reading: temperature and humidity alone. */
  readonly bytesPerReading: number;
  /** What a second temperature adds to that. */
  readonly bytesPerProbe: number;
  /** Days until the first record is overwritten, with a position every 30 minutes. */
  readonly days: number;
  /** Calls and bytes of a boot on the ring of that journey. */
  readonly bootReads: number;
  readonly bootBytes: number;
}

interface Filled {
  readonly flash: MockFlash;
  readonly readings: number;
  readonly scale: Sampling;
}

/** Fill the ring until its first page is needed again. */
function fill(channels: readonly number[], fixEvery: number): Filled {
  const scale: Sampling = { intervalS: INTERVAL_S, tempStep: 100, humidityStep: 500, channels };
  const flash = mockFlash(RING_PAGES, PAGE_SIZE);
  const journal = mountedJournal(flash, scale);
  const random = randomStream(1, 'flash');
  const values = channels.map<number>((channel) => (isHumidity(channel) ? 85_000 : 4_000));
  journal.poweredOn(0, 0);
  journal.anchor(0, START_UTC_S, NETWORK, 2);
  let readings = 0;
  do {
    const codes = channels.map((channel, i) => {
      const step = isHumidity(channel) ? scale.humidityStep : scale.tempStep;
      const next = (values[i] as number) + step * (random.int(-2, 2) + random.int(-1, 1));
      values[i] = isHumidity(channel) ? Math.min(next, 100_000) : next;
      return toCode(values[i] as number, step, NOT_ANSWERING);
    });
    if (!journal.reading(readings * INTERVAL_S, codes)) throw new Error('the journal took no reading');
    if (fixEvery > 0 && readings % fixEvery === 0) putFix(journal, readings, random.int(-9000, 9000));
    readings++;
    // What is full begins with its header; what is made ready for its next page is erased.
  } while (flash.cells[0] !== 0xff);
  return { flash, readings, scale };
}

/** To and fro between 7 and 107 degrees east at 40 km/h, more or less. */
function putFix(journal: Journal, readings: number, offE5: number): void {
  const uptimeS = readings * INTERVAL_S;
  const lonE5 = 700_000 + Math.abs(((readings * 4_000) % 20_000_000) - 10_000_000) + offE5;
  journal.fix(uptimeS, 4_500_000 + offE5, lonE5, SATELLITES, START_UTC_S + uptimeS);
}

/** The first page is erased when the last one is half full. */
const bytesPerReading = ({ readings }: Filled): number => ((RING_PAGES - 0.5) * PAGE_SIZE) / readings;

export function flashFigures(): FlashFigures {
  const two = bytesPerReading(fill([SUPPLY_TEMP, SUPPLY_HUMIDITY], 0));
  const three = bytesPerReading(fill([SUPPLY_TEMP, SUPPLY_HUMIDITY, RETURN_TEMP], 0));
  const { flash, readings, scale } = fill([SUPPLY_TEMP, SUPPLY_HUMIDITY], 6);
  const { reads, bytesRead } = flash.counts;
  mountedJournal(flash, scale);
  return {
    bytesPerReading: two,
    bytesPerProbe: three - two,
    days: (readings * INTERVAL_S) / 86400,
    bootReads: flash.counts.reads - reads,
    bootBytes: flash.counts.bytesRead - bytesRead,
  };
}
