/**
 * A second writer of the journal's format, from docs/journal.md alone and for tests only: slow, plain, and sharing no
 * code with the decoder or the firmware, so that a misreading on either side shows.
 */
import { crc32 } from 'node:zlib';
import { encode } from 'cbor-x';
import { absoluteForm, type ChannelInput, shortestForm, zigzagsOf } from './write-reading.ts';

export type { ChannelInput } from './write-reading.ts';

export interface WriterOptions {
  /** Bytes; a page is made of blocks of 256. */
  pageSize?: number;
  /** Thousandths of a degree and of a percent. */
  temperatureStep?: number;
  humidityStep?: number;
  intervalS?: number;
  firstPageSequence?: number;
  firstSeq?: number;
  /** A byte for each channel, as in the page header. */
  channels?: number[];
  ringPages?: number;
}

export interface WrittenReading {
  seq: number;
  powerOn: number;
  monoS: number;
  [channel: string]: number | null;
}

/** A reading of an erased page, to be kept. */
export interface KeptInput {
  seq: number;
  monoS: number;
  channels: ChannelInput[];
}

interface WrittenBlock {
  /** Offset in the page of the KEY. */
  readonly at: number;
  /** Without checks. */
  readonly records: Buffer[];
  readonly checks: number[];
  /** What a power cut left behind the last record. */
  junk: Buffer;
}

interface Page {
  readonly header: Buffer;
  readonly seal: Buffer;
  readonly firstSeq: number;
  readonly blocks: WrittenBlock[];
  /** Cells of the check blocks; the rest is FF. */
  readonly checks: Buffer;
  /** Where the next check goes. */
  nextCheck: number;
}

const NAMES: Record<number, string> = {
  1: 'supplyC',
  17: 'supplyRh',
  2: 'returnC',
  18: 'returnRh',
  3: 'ambientC',
  19: 'ambientRh',
  4: 'cargo1C',
  20: 'cargo1Rh',
  5: 'cargo2C',
  21: 'cargo2Rh',
  6: 'cargo3C',
  22: 'cargo3Rh',
  7: 'cargo4C',
  23: 'cargo4Rh',
};

export class JournalWriter {
  readonly readings: WrittenReading[] = [];
  /** Seq and kind of every record that is no reading. */
  readonly others: { seq: number; kind: number }[] = [];
  readonly pages: Page[] = [];
  seq: number;
  powerOn = 0;
  rowClockS = 0;
  intervalS: number;
  acked = 0;
  readonly #options: Required<WriterOptions>;
  #previous: ChannelInput[] | undefined;
  #bases = { lat: 0, lon: 0, clock: 0 };
  #closed = true;
  #fullPage = true;

  constructor(options: WriterOptions = {}) {
    this.#options = {
      pageSize: 4096,
      temperatureStep: 100,
      humidityStep: 500,
      intervalS: 300,
      firstPageSequence: 1,
      firstSeq: 0,
      channels: [0x01, 0x11, 0x02],
      ringPages: 16,
      ...options,
    };
    this.seq = this.#options.firstSeq;
    this.intervalS = this.#options.intervalS;
  }

  powerOnAt(count: number, monoS: number, cause = 0): this {
    this.record(1, [count, cause, monoS]);
    this.powerOn = count;
    this.rowClockS = monoS - this.intervalS;
    return this;
  }

  changeInterval(intervalS: number): this {
    this.record(11, [intervalS]);
    this.intervalS = intervalS;
    return this;
  }

  timeAt(monoS: number): this {
    this.record(2, [monoS]);
    this.rowClockS = monoS - this.intervalS;
    return this;
  }

  anchor(monoS: number, utcS: number): this {
    const clock = utcS - monoS;
    this.#record(3, () => [monoS - this.rowClockS, clock - this.#bases.clock, 2, 5]);
    this.#bases.clock = clock;
    return this;
  }

  /** Position in 1e-5 degrees. */
  fix(monoS: number, lat: number, lon: number, satellites: number, utcS: number | null = null): this {
    const clock = utcS === null ? null : utcS - monoS;
    this.#record(4, () => {
      const { lat: lat0, lon: lon0, clock: clock0 } = this.#bases;
      return [
        monoS - this.rowClockS,
        lat - lat0,
        lon - lon0,
        satellites,
        clock === null ? null : clock - clock0,
      ];
    });
    this.#bases = { lat, lon, clock: clock ?? this.#bases.clock };
    return this;
  }

  kept(
    powerOn: number,
    readings: KeptInput[],
    clock: number | null = null,
    position: [number, number] | null = null,
  ): this {
    const [first, ...others] = readings as [KeptInput, ...KeptInput[]];
    let before = first;
    const items = others.flatMap((next) => {
      const item = shortestForm(zigzagsOf(next.channels, before.channels)) ?? absoluteForm(next.channels);
      const spaced = [next.seq - before.seq, next.monoS - before.monoS - 3600, item];
      before = next;
      return spaced;
    });
    const [lat, lon] = position ?? [null, null];
    return this.record(10, [
      first.seq,
      powerOn,
      first.monoS,
      clock,
      lat,
      lon,
      absoluteForm(first.channels),
      ...items,
    ]);
  }

  /** Any array; what its items mean is the caller's. */
  record(kind: number, items: unknown[]): this {
    return this.#record(kind, () => items);
  }

  #record(kind: number, items: () => unknown[]): this {
    this.#append(() => encode([kind, ...items()]));
    this.others.push({ seq: this.seq, kind });
    this.seq++;
    return this;
  }

  /** A reading `intervalS` after the one before. */
  reading(...channels: ChannelInput[]): this {
    this.#append(() => {
      const zigzags = this.#previous && zigzagsOf(channels, this.#previous);
      return encode((zigzags && shortestForm(zigzags)) ?? absoluteForm(channels));
    });
    this.#previous = channels;
    this.rowClockS += this.intervalS;
    this.readings.push(this.valuesOf(this.seq, this.powerOn, this.rowClockS, channels));
    this.seq++;
    return this;
  }

  /** What a reader must get for a reading. */
  valuesOf(seq: number, powerOn: number, monoS: number, channels: ChannelInput[]): WrittenReading {
    const { channels: codes, temperatureStep, humidityStep } = this.#options;
    const written: WrittenReading = { seq, powerOn, monoS };
    for (const [i, channel] of channels.entries()) {
      const step = (codes[i] as number) < 0x10 ? temperatureStep : humidityStep;
      const value = typeof channel === 'number' ? Number(((channel * step) / 1000).toFixed(3)) : null;
      written[NAMES[codes[i] as number] as string] = value;
    }
    return written;
  }

  /** Power fails while a record is programmed: rubbish stays behind, and the next record starts the next block. */
  cutWith(junk: number[]): this {
    const { block, page } = this.#openBlock();
    block.junk = Buffer.from(junk);
    this.#closed = true;
    // Were the next check to follow at once, the rubbish might be taken for its record.
    page.nextCheck = after(page.nextCheck);
    this.seq += junk.length;
    return this;
  }

  startPage(): this {
    this.#closed = true;
    this.#fullPage = true;
    return this;
  }

  /** The flash region, `pageCount` pages long. */
  image(pageCount = this.pages.length): Buffer {
    const { pageSize } = this.#options;
    const image = Buffer.alloc(pageCount * pageSize, 0xff);
    for (const [index, page] of this.pages.entries()) {
      const cells = image.subarray((index % pageCount) * pageSize, ((index % pageCount) + 1) * pageSize);
      page.checks.copy(cells);
      Buffer.concat([page.header, page.seal]).copy(cells);
      for (const { at, records, junk } of page.blocks) Buffer.concat([...records, junk]).copy(cells, at);
    }
    return image;
  }

  /** The uplink message of a page, from one of its blocks on. */
  message(device: string, page = this.pages.length - 1, fromBlock = 0): Buffer {
    const { header, blocks } = this.pages[page] as Page;
    const { temperatureStep, humidityStep, channels } = this.#options;
    const [sequence, place, firstSeq] = [6, 11, 16].map((at) => header.readUInt32BE(at));
    const fields = [sequence, place, firstSeq, temperatureStep, humidityStep, Buffer.from(channels)];
    const sent = blocks
      .slice(fromBlock)
      .flatMap(({ records, checks }) => [encode(Buffer.from(checks)), ...records]);
    return Buffer.concat([encode([1, device, ...fields]), ...sent]);
  }

  /** `build` gives the record; it is called again when the record has to move to a new block. */
  #append(build: () => Buffer): void {
    let open = this.#openBlock();
    let record = build();
    const used = open.block.records.reduce((sum, { length }) => sum + length, 0);
    const room = 256 - (open.block.at % 256);
    if (used + record.length > room || !this.#hasCheckRoom(open.page)) {
      this.#closed = true;
      open = this.#openBlock();
      record = build();
    }
    this.#program(open.page, open.block, record);
  }

  #program(page: Page, block: WrittenBlock, record: Buffer): void {
    block.records.push(record);
    const crc = (crc32(Buffer.concat(block.records)) ^ crc32(page.header.subarray(0, 35))) >>> 0;
    const folded = Number(((BigInt(crc) >> 7n) ^ (BigInt(crc) >> 18n)) & 0xffn);
    const check = folded === 0xff ? 0 : folded;
    block.checks.push(check);
    const home = page.nextCheck - (page.nextCheck % 256);
    page.checks.set([0x59, 0x00, 0xfd], home);
    page.checks[page.nextCheck] = check;
    page.nextCheck = after(page.nextCheck);
  }

  /** The next check must go to a block above the data, of those in use or the new one. */
  #hasCheckRoom(page: Page, newBlocks = 0): boolean {
    const lastData = Math.floor((page.blocks.at(-1)?.at ?? 0) / 256) + newBlocks;
    return Math.floor(page.nextCheck / 256) > lastData;
  }

  #openBlock(): { page: Page; block: WrittenBlock } {
    const newest = this.pages.at(-1);
    if (!this.#closed && newest) return { page: newest, block: newest.blocks.at(-1) as WrittenBlock };
    if (this.#fullPage || !newest || !this.#hasCheckRoom(newest, 1)) this.#openPage();
    const page = this.pages.at(-1) as Page;
    this.#closed = false;
    this.#previous = undefined;
    this.#bases = { lat: 0, lon: 0, clock: 0 };
    const block = { at: page.blocks.length * 256 || 57, records: [], checks: [], junk: Buffer.alloc(0) };
    page.blocks.push(block);
    const { seq, powerOn, rowClockS, intervalS, acked } = this;
    this.#program(
      page,
      block,
      encode([0, page.nextCheck, seq, powerOn, rowClockS, intervalS, seq - acked, null, 0, null]),
    );
    return { page, block };
  }

  #openPage(): void {
    this.#fullPage = false;
    const { pageSize, firstPageSequence, ringPages, channels } = this.#options;
    const header = Buffer.alloc(40);
    header.write('8863', 'hex');
    header.write('CR1', 2, 'latin1');
    header[5] = 0x1a;
    header.writeUInt32BE(firstPageSequence + this.pages.length, 6);
    header[10] = 0x1a;
    header.writeUInt16BE((firstPageSequence - 1 + this.pages.length) % ringPages, 11);
    header.writeUInt16BE(ringPages, 13);
    header[15] = 0x1a;
    header.writeUInt32BE(this.seq, 16);
    header[20] = 0x19;
    header.writeUInt16BE(this.#options.temperatureStep, 21);
    header[23] = 0x19;
    header.writeUInt16BE(this.#options.humidityStep, 24);
    header[26] = 0x48;
    header.set(channels, 27);
    header[35] = 0x1a;
    header.writeUInt32BE(crc32(header.subarray(0, 35)), 36);
    this.pages.push({
      header,
      seal: Buffer.concat([Buffer.of(0x50), Buffer.alloc(16)]),
      firstSeq: this.seq,
      blocks: [],
      checks: Buffer.alloc(pageSize, 0xff),
      nextCheck: pageSize - 256 + 3,
    });
  }
}

/** Checks run over the end of a check block into the one below it, behind its head. */
function after(place: number): number {
  return (place + 1) % 256 === 0 ? place + 1 - 512 + 3 : place + 1;
}
