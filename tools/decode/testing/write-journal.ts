/**
 * A second writer of the journal's format, from docs/journal.md alone and for tests only: slow, plain, and sharing no
 * code with the decoder or the firmware, so that a misreading on either side shows.
 */
import { crc32 } from 'node:zlib';
import { encode } from 'cbor-x';

export interface WriterOptions {
  pageSize?: number;
  blockSize?: number;
  /** Thousandths of a degree and of a percent. */
  temperatureStep?: number;
  humidityStep?: number;
  intervalS?: number;
  firstPageSequence?: number;
  firstSeq?: number;
}

/** A channel as a count of its step, or why it is missing. */
export type ChannelInput = number | { reason: number };

export interface WrittenReading {
  seq: number;
  powerOn: number;
  monoS: number;
  supplyC: number | null;
  supplyRh: number | null;
  returnC: number | null;
}

interface Page {
  header: Buffer;
  blocks: Buffer[];
  /** What a power cut left behind a block's last record, by block. */
  junk: Map<number, Buffer>;
}

export class JournalWriter {
  readonly readings: WrittenReading[] = [];
  /** Seq and kind of every record that is no reading. */
  readonly others: { seq: number; kind: number }[] = [];
  readonly pages: Page[] = [];
  seq: number;
  powerOn = 0;
  rowClockS = 0;
  acked = 0;
  readonly #options: Required<WriterOptions>;
  #previous: ChannelInput[] | undefined;

  constructor(options: WriterOptions = {}) {
    this.#options = {
      pageSize: 4096,
      blockSize: 256,
      temperatureStep: 100,
      humidityStep: 500,
      intervalS: 300,
      firstPageSequence: 1,
      firstSeq: 0,
      ...options,
    };
    this.seq = this.#options.firstSeq;
  }

  powerOnAt(count: number, monoS: number, cause = 0): this {
    this.record(1, [count, cause, monoS]);
    this.powerOn = count;
    this.rowClockS = monoS - this.#options.intervalS;
    return this;
  }

  timeAt(monoS: number): this {
    this.record(2, [monoS]);
    this.rowClockS = monoS - this.#options.intervalS;
    return this;
  }

  anchor(monoS: number, utcS: number): this {
    return this.record(3, [monoS, utcS, 2, 5]);
  }

  record(kind: number, items: unknown[]): this {
    const body = (): Buffer =>
      Buffer.concat([arrayHead(items.length + 2), encode(kind), ...items.map((item) => encode(item))]);
    this.#append(() => Buffer.concat([body(), Buffer.from([0x19])]));
    this.others.push({ seq: this.seq, kind });
    this.seq++;
    return this;
  }

  /** A reading `intervalS` after the one before: supply temperature, supply humidity, return temperature. */
  reading(...channels: [ChannelInput, ChannelInput, ChannelInput]): this {
    this.#append(() => {
      const payload = this.#pack(channels);
      return Buffer.concat([Buffer.from([0x40 + payload.length + 2]), payload]);
    });
    this.#previous = channels;
    this.rowClockS += this.#options.intervalS;
    const steps = [this.#options.temperatureStep, this.#options.humidityStep, this.#options.temperatureStep];
    const [supplyC, supplyRh, returnC] = channels.map((channel, i) =>
      typeof channel === 'number' ? Number(((channel * (steps[i] as number)) / 1000).toFixed(3)) : null,
    ) as [number | null, number | null, number | null];
    const { seq, powerOn, rowClockS: monoS } = this;
    this.readings.push({ seq, powerOn, monoS, supplyC, supplyRh, returnC });
    this.seq++;
    return this;
  }

  /** Power fails while a record is programmed: rubbish stays behind, and the next record starts the next block. */
  cutWith(junk: number[]): this {
    this.#openBlock();
    const page = this.pages.at(-1) as Page;
    page.junk.set(page.blocks.length - 1, Buffer.from(junk));
    this.#closed = true;
    return this;
  }

  startPage(): this {
    this.#closed = true;
    this.#fullPage = true;
    return this;
  }

  /** The flash region, `pageCount` pages long. */
  image(pageCount = this.pages.length): Buffer {
    const { pageSize, blockSize } = this.#options;
    const image = Buffer.alloc(pageCount * pageSize, 0xff);
    for (const [index, page] of this.pages.entries()) {
      const start = (index % pageCount) * pageSize;
      image.fill(0xff, start, start + pageSize);
      page.header.copy(image, start);
      for (const [number, block] of page.blocks.entries()) {
        const at = start + number * blockSize + (number === 0 ? page.header.length : 0);
        Buffer.concat([block, page.junk.get(number) ?? Buffer.alloc(0)]).copy(image, at);
      }
    }
    return image;
  }

  /** The uplink message of a page, from one of its blocks on. */
  message(device: string, page = this.pages.length - 1, fromBlock = 0): Buffer {
    const { header, blocks } = this.pages[page] as Page;
    const { temperatureStep, humidityStep } = this.#options;
    const place = [header.readUInt32BE(6), header.readUInt32BE(11)];
    const item = encode([1, device, ...place, temperatureStep, humidityStep]);
    return Buffer.concat([item, ...blocks.slice(fromBlock)]);
  }

  #parts: Buffer[] = [];
  #closed = true;
  #fullPage = true;

  /** `build` gives the record up to its check; it is called again when the record has to move to a new block. */
  #append(build: () => Buffer): void {
    let parts = this.#openBlock();
    let body = build();
    if (Buffer.concat(parts).length + body.length + 2 > this.#blockRoom()) {
      this.#closed = true;
      parts = this.#openBlock();
      body = build();
    }
    this.#program(parts, body);
  }

  #program(parts: Buffer[], body: Buffer): void {
    const page = this.pages.at(-1) as Page;
    const crc = crc32(Buffer.concat([...parts, body])) ^ crc32(page.header.subarray(0, 21));
    parts.push(body, Buffer.from([(crc >>> 8) & 255, crc & 255]));
    page.blocks[page.blocks.length - 1] = Buffer.concat(parts);
  }

  #blockRoom(): number {
    const first = (this.pages.at(-1) as Page).blocks.length === 1;
    return this.#options.blockSize - (first ? 26 : 0);
  }

  #openBlock(): Buffer[] {
    if (!this.#closed) return this.#parts;
    const page = this.pages.at(-1);
    const { pageSize, blockSize, intervalS } = this.#options;
    if (this.#fullPage || !page || page.blocks.length === pageSize / blockSize) this.#openPage();
    this.#closed = false;
    this.#previous = undefined;
    this.#parts = [];
    this.pages.at(-1)?.blocks.push(Buffer.alloc(0));
    const key = [0, this.seq, this.powerOn, this.rowClockS, intervalS, this.acked, null, 0, null];
    this.#program(
      this.#parts,
      Buffer.concat([arrayHead(key.length + 1), ...key.map((item) => encode(item)), Buffer.from([0x19])]),
    );
    return this.#parts;
  }

  #openPage(): void {
    this.#fullPage = false;
    const header = Buffer.alloc(26);
    header.write('8663', 'hex');
    header.write('CR1', 2, 'latin1');
    header[5] = 0x1a;
    header.writeUInt32BE(this.#options.firstPageSequence + this.pages.length, 6);
    header[10] = 0x1a;
    header.writeUInt32BE(this.seq, 11);
    header[15] = 0x19;
    header.writeUInt16BE(this.#options.temperatureStep, 16);
    header[18] = 0x19;
    header.writeUInt16BE(this.#options.humidityStep, 19);
    header[21] = 0x1a;
    header.writeUInt32BE(crc32(header.subarray(0, 21)), 22);
    this.pages.push({ header, blocks: [], junk: new Map() });
  }

  #pack(channels: ChannelInput[]): Buffer {
    const previous = this.#previous;
    const deltas = channels.map((channel, i) => {
      const base = previous?.[i];
      return typeof channel === 'number' && typeof base === 'number' ? channel - base : Number.NaN;
    });
    const zigzag = deltas.map((delta) => (delta < 0 ? -2 * delta - 1 : 2 * delta));
    const [t, h, r] = zigzag as [number, number, number];
    if (t < 8 && h < 4 && r < 8) return bits([t, 3], [h, 2], [r, 3]);
    if (t < 32 && h < 32 && r < 32) return bits([0, 1], [t, 5], [h, 5], [r, 5]);
    if (t < 256 && h < 256 && r < 256) return bits([t, 8], [h, 8], [r, 8]);
    const codes = channels.map((channel) =>
      typeof channel === 'number' ? channel + 16384 : 65504 + channel.reason,
    );
    return bits(...codes.map((code): [number, number] => [code, 16]));
  }
}

function bits(...fields: [value: number, width: number][]): Buffer {
  const text = fields.map(([value, width]) => value.toString(2).padStart(width, '0')).join('');
  return Buffer.from((text.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

function arrayHead(count: number): Buffer {
  return Buffer.from([0x80 + count]);
}
