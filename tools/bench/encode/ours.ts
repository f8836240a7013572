import type { Journal } from '../../../firmware/journal/journal.ts';
import { Replay } from '../../../firmware/journal/replay.ts';
import { toCode } from '../../../firmware/journal/row.ts';
import { type Sampling, SUPPLY_HUMIDITY, SUPPLY_TEMP } from '../../../firmware/journal/scale.ts';
import { BATCH_HEADER_ROOM, putBatchHeader } from '../../../firmware/uplink/batch.ts';
import { publishRoom } from '../../../firmware/uplink/mqtt.ts';
import { type MockFlash, mockFlash } from '../../../hal/mock/flash.ts';
import { hostCrypto } from '../../crypto/host-crypto.ts';
import { mountedJournal, PAGE_SIZE, RING_PAGES } from '../journal.ts';
import { DEVICE } from './encoding.ts';
import type { Row, Series } from './series.ts';

/** What the modems of our boards take at a time. */
const MAX_SEND = 1460;
/** A reading that has a TIME, an absolute row and a FIX of its own, and their checks; twice that for what is left over. */
const MOST_BYTES_PER_READING = 2 * (7 + 5 + 26 + 3);
const ROOM = publishRoom(`coldrail/v1/${DEVICE}/up`) + BATCH_HEADER_ROOM;
/** A missing value in a file gives no reason; "not answering" is as long as any other. */
const NOT_ANSWERING = 0;
/** The CSV does not tell how many satellites were used; a typical number, one byte like any below 24. */
const SATELLITES = 8;
const NETWORK = 2;

/** The firmware's own journal on a flash in RAM, fed with a series as the tracker's wakes would. */
class Tracker {
  readonly flash: MockFlash;
  readonly journal: Journal;
  private readonly series: Series;
  private readonly startS: number;

  constructor(series: Series, pages: number) {
    const { intervalS, tempStep, humidityStep } = series;
    const scale: Sampling = { intervalS, tempStep, humidityStep, channels: [SUPPLY_TEMP, SUPPLY_HUMIDITY] };
    this.series = series;
    this.startS = (series.rows[0] as Row).timeS;
    this.flash = mockFlash(pages, PAGE_SIZE);
    this.journal = mountedJournal(this.flash, scale);
    this.journal.poweredOn(0, 0);
    this.journal.anchor(0, this.startS, NETWORK, 2);
  }

  uptimeS(row: Row): number {
    return row.timeS - this.startS;
  }

  sample(row: Row): void {
    const { tempStep, humidityStep } = this.series;
    const codes = [
      toCode(row.temperature, tempStep, NOT_ANSWERING),
      toCode(row.humidity, humidityStep, NOT_ANSWERING),
    ];
    const at = this.uptimeS(row);
    if (!this.journal.reading(at, codes)) throw new Error('the journal took no reading');
    if (row.latE5 !== null && row.lonE5 !== null)
      this.journal.fix(at, row.latE5, row.lonE5, SATELLITES, row.timeS);
  }

  /** One uplink session, in which all arrives: the messages that it sends, without MQTT. */
  uplink(uptimeS: number): Uint8Array[] {
    const messages: Uint8Array[] = [];
    const out = new Uint8Array(MAX_SEND);
    const replay = new Replay(this.journal, this.flash, hostCrypto, this.journal.state.acked);
    for (let slice = replay.take(out, ROOM); slice !== null; slice = replay.take(out, ROOM)) {
      const start = putBatchHeader(out, ROOM, DEVICE, slice.header);
      messages.push(out.slice(start, ROOM + slice.length));
    }
    this.journal.ack(replay.next);
    this.journal.session(uptimeS, 0);
    return messages;
  }
}

/** What a series takes in flash that holds all of it, nothing sent and nothing overwritten. */
export interface FlashUse {
  /** Bytes a reading that were programmed: headers, seals, keys, records and checks. */
  readonly programmed: number;
  /** Bytes a reading of the pages that are full, with what is left over in them; null when none is. */
  readonly fullPages: number | null;
}

export function flashUse(series: Series): FlashUse {
  const { rows } = series;
  const pages = 2 + Math.ceil((rows.length * MOST_BYTES_PER_READING) / PAGE_SIZE);
  const tracker = new Tracker(series, pages);
  const { cells, counts } = tracker.flash;
  let full = 0;
  let readingsInThem = 0;
  rows.forEach((row, i) => {
    tracker.sample(row);
    if (cells[(full + 1) * PAGE_SIZE] === 0xff) return;
    // The reading that began the page stands in it.
    full++;
    readingsInThem = i;
  });
  return {
    programmed: counts.bytesProgrammed / rows.length,
    fullPages: full === 0 ? null : (full * PAGE_SIZE) / readingsInThem,
  };
}

/** Every message of a tracker that sends after each `batch` readings, and after the last. */
export function* messages(series: Series, batch: number): Generator<Uint8Array> {
  const { rows } = series;
  const tracker = new Tracker(series, RING_PAGES);
  for (const [i, row] of rows.entries()) {
    tracker.sample(row);
    if ((i + 1) % batch === 0 || i === rows.length - 1) yield* tracker.uplink(tracker.uptimeS(row));
  }
}
