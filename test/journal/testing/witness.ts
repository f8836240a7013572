import { MISSING } from '../../../firmware/journal/format.ts';
import { Journal } from '../../../firmware/journal/journal.ts';
import { toCode } from '../../../firmware/journal/row.ts';
import type { Crypto } from '../../../hal/crypto.ts';
import type { FlashRegion } from '../../../hal/flash.ts';
import type { MockFlash } from '../../../hal/mock/flash.ts';

/** A channel of a reading: thousandths of its unit, or why there is none. */
export type Channel = number | { readonly reason: number };
export type Channels = readonly [supply: Channel, humidity: Channel, back: Channel];

/** One record as the caller meant it. */
export interface Entry {
  /** Its content in words, as read-back.ts gives it for the same record. */
  readonly content: string;
  /** Uptime at which it was true. */
  readonly uptimeS: number;
  readonly powerOn: number;
  /** Once the append has returned: its number, and the page that it stands on and that page's erases until then. */
  seq: number;
  page: number;
  erases: number;
}

/** Where in `entries` the first one stands whose seq is `seq` or above. */
export function firstAt(entries: readonly Entry[], seq: number): number {
  let low = 0;
  for (let high = entries.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((entries[middle] as Entry).seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

const STEPS = [100, 500, 100];
/** Some readings of the scripted life are excursions. */
const LIMITS = { coldLimitMilliC: -8000, warmLimitMilliC: 9000 };
const DEVICE_KEY = new Uint8Array(32).fill(7);
const REASONS = ['not-answering', 'bad-check-digit', 'not-ready', 'out-of-range', 'bus-stuck', 'not-fitted'];

/** A reading in words: what a reader must get back. */
export function readingContent(channels: Channels): string {
  const words = channels.map((channel, i) => {
    if (typeof channel !== 'number') return REASONS[channel.reason];
    const step = STEPS[i] as number;
    return String((Math.floor(channel / step + 0.5) * step) / 1000);
  });
  return `reading ${words.join(' ')}`;
}

/** Remembers, outside of the flash, what was asked of the journal and what it promised. */
export class Witness {
  readonly flash: MockFlash;
  readonly entries: Entry[] = [];
  /** All that was ever entered up to the fork, of which the first `pastLength` count: what is overwritten may be kept. */
  #past: readonly Entry[] = [];
  #pastLength = 0;
  /** What was under way when power failed. */
  readonly cut: Entry[] = [];
  powerOn = 0;
  #lastPage = -1;
  /** Where the record went that was asked for: it may be followed by what makes room for the next. */
  #placed = { seq: -1, page: -1 };

  constructor(flash: MockFlash) {
    this.flash = flash;
  }

  /** Another witness of the same past, for one of several futures. What is overwritten by now only `recall` knows. */
  fork(): Witness {
    const { flash } = this;
    const witness = new Witness(flash);
    const forked = this.#pastLength > 0;
    witness.#past = forked ? this.#past : this.entries;
    witness.#pastLength = forked ? this.#pastLength : this.entries.length;
    for (const entry of this.entries)
      if (flash.erasesOf[entry.page] === entry.erases) witness.entries.push(entry);
    witness.cut.push(...this.cut);
    witness.powerOn = this.powerOn;
    return witness;
  }

  /** What was appended under `seq`, be it overwritten since or not. */
  recall(seq: number): Entry | undefined {
    const own = this.entries[firstAt(this.entries, seq)];
    if (own?.seq === seq) return own;
    const at = firstAt(this.#past, seq);
    const past = at < this.#pastLength ? this.#past[at] : undefined;
    return past?.seq === seq ? past : undefined;
  }

  /** Boot: a journal on this flash, mounted, whose appends are watched. */
  boot(intervalS: number, crypto: Crypto): WitnessedJournal {
    const { flash } = this;
    let scanned: number | null = null;
    const region: FlashRegion = {
      pages: flash.pages,
      pageSize: flash.pageSize,
      read: (offset, length) => flash.read(offset, length),
      isErased: (offset, length) => flash.isErased(offset, length),
      program: (offset, bytes) => {
        scanned ??= flash.counts.bytesRead;
        this.#lastPage = Math.floor(offset / flash.pageSize);
        return flash.program(offset, bytes);
      },
      erase: (page) => flash.erase(page),
    };
    const scale = { intervalS, tempStep: 100, humidityStep: 500, channels: [0x01, 0x11, 0x02] };
    const journal = new Journal(region, crypto, scale, DEVICE_KEY, LIMITS);
    const { ring } = journal;
    const placed = (append: () => boolean): boolean => {
      const done = append();
      this.#placed = { seq: ring.state.nextSeq - 1, page: this.#lastPage };
      return done;
    };
    const append = ring.append.bind(ring);
    const appendRow = ring.appendRow.bind(ring);
    const appendJudged = ring.appendJudged.bind(ring);
    ring.append = (kind, fields) =>
      this.#placed.seq < 0 ? placed(() => append(kind, fields)) : append(kind, fields);
    // A TIME may come before a reading.
    ring.appendRow = (row) => placed(() => appendRow(row));
    ring.appendJudged = () => {
      const done = appendJudged();
      this.#placed = { seq: ring.state.judgedThrough + 1, page: this.#lastPage };
      return done;
    };
    journal.mount();
    journal.sampleEvery(intervalS);
    return new WitnessedJournal(this, journal, region, scanned ?? flash.counts.bytesRead);
  }

  watch(journal: Journal, content: string, uptimeS: number, append: () => boolean): boolean {
    const entry: Entry = {
      content,
      uptimeS,
      powerOn: this.powerOn,
      seq: -1,
      page: -1,
      erases: -1,
    };
    const before = journal.state.nextSeq;
    this.cut.push(entry);
    this.#placed.seq = -1;
    if (!append()) return false;
    this.cut.pop();
    if (journal.state.nextSeq === before) return true;
    entry.seq = this.#placed.seq;
    entry.page = this.#placed.page;
    entry.erases = this.flash.erasesOf[entry.page] as number;
    this.entries.push(entry);
    return true;
  }
}

/** The journal's appends, each told to the witness. */
export class WitnessedJournal {
  readonly journal: Journal;
  readonly region: FlashRegion;
  /** The flash's count of bytes read when the boot scan was over: when the journal was mounted or first programmed. */
  readonly scanned: number;
  readonly #witness: Witness;

  constructor(witness: Witness, journal: Journal, region: FlashRegion, scanned: number) {
    this.#witness = witness;
    this.journal = journal;
    this.region = region;
    this.scanned = scanned;
  }

  reading(uptimeS: number, channels: Channels): boolean {
    const code = (channel: Channel, step: number): number =>
      typeof channel === 'number' ? toCode(channel, step, 0) : MISSING + channel.reason;
    const [t, h, r] = channels;
    const row = [code(t, 100), code(h, 500), code(r, 100)];
    return this.#watch(readingContent(channels), uptimeS, () => this.journal.reading(uptimeS, row));
  }

  poweredOn(cause: number, uptimeS: number): void {
    this.#witness.powerOn = this.journal.state.powerOn + 1;
    this.#append(`POWER_ON ${cause}`, uptimeS, () => this.journal.poweredOn(cause, uptimeS));
  }

  anchor(uptimeS: number, utcS: number, source: number, errorS: number): void {
    const append = (): void => this.journal.anchor(uptimeS, utcS, source, errorS);
    this.#append(`ANCHOR ${utcS} ${source} ${errorS}`, uptimeS, append);
  }

  fix(uptimeS: number, latE5: number, lonE5: number, satellites: number, utcS: number | null): void {
    const append = (): void => this.journal.fix(uptimeS, latE5, lonE5, satellites, utcS);
    this.#append(`FIX ${latE5} ${lonE5} ${satellites} ${utcS}`, uptimeS, append);
  }

  noFix(uptimeS: number, reason: number): void {
    this.#append(`NOFIX ${reason}`, uptimeS, () => this.journal.noFix(uptimeS, reason));
  }

  /** Acks carry no time of their own; one that says nothing new, or too much, is no record. */
  ack(next: number): void {
    this.#append(`ACK ${next}`, Number.NaN, () => this.journal.ack(next));
  }

  session(startedS: number, outcome: number): void {
    this.#append(`SESSION ${outcome}`, startedS, () => this.journal.session(startedS, outcome));
  }

  fault(code: number, detail: number, uptimeS: number): void {
    this.#append(`FAULT ${code} ${detail}`, uptimeS, () => this.journal.fault(code, detail, uptimeS));
  }

  conditions(uptimeS: number, conditions: number, millivolts: number | null): void {
    const append = (): void => this.journal.conditions(uptimeS, conditions, millivolts);
    this.#append(`CONDITIONS ${conditions} ${millivolts}`, uptimeS, append);
  }

  /** An alarm of rule `rule`; its numbers follow from that. */
  alarm(uptimeS: number, rule: number, raised: boolean): void {
    const after = Math.floor(uptimeS) - this.journal.state.rowClockS;
    const items = [rule, raised ? 1 : 0, after, 1, 2, 9100, 8000, 60 * rule, 7, rule === 0 ? null : 9300];
    this.#append(`ALARM ${rule} ${raised} ${60 * rule}`, uptimeS, () => this.journal.alarm(items));
  }

  /** What is judged carries no time of its own, and is told again at each block. */
  judged(items: (number | null)[]): void {
    this.#append(`JUDGED ${items.join(' ')}`, Number.NaN, () => this.journal.judged(items));
  }

  #append(content: string, uptimeS: number, append: () => void): void {
    this.#watch(content, uptimeS, () => {
      append();
      return true;
    });
  }

  #watch(content: string, uptimeS: number, append: () => boolean): boolean {
    return this.#witness.watch(this.journal, content, uptimeS, append);
  }
}
