import type { Crypto } from '../../hal/crypto.ts';
import { JOURNAL_RANGE, JOURNAL_VERIFY } from '../../hal/faults.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { ARRAY, BYTES, putHead, putInteger } from '../cbor.ts';
import { beginChecks, checkOf, endOfBlock, NO_CHECKS } from './checks.ts';
import type { Limits } from './excursion.ts';
import {
  ANCHOR,
  BLOCK_SIZE,
  BLOCKS_PER_PAGE,
  FAULT,
  FIRST_RECORD,
  FIX,
  HEADER_SIZE,
  JUDGED,
  KEY,
  LONGEST_RECORD,
  LOST,
  SEAL_SIZE,
} from './format.ts';
import { putHeader } from './header.ts';
import { findHead, seqBehindHidden } from './mount.ts';
import { isForeign, newestPage, oldestSeq, type PageTable, probePages, readPageTable } from './pages.ts';
import { basesFor, putRow, type Row } from './row.ts';
import { type Sampling, type Scale, sameCodes } from './scale.ts';
import { sealOf } from './seal.ts';
import { blankState, flagsOf, type JournalState } from './state.ts';
import { keepReadings } from './thin.ts';

/** With no more room than this in a page, the next one is made ready: blocks of records and blocks of checks fill it alike. */
const PREPARE_AT = (BLOCKS_PER_PAGE / 2) * BLOCK_SIZE;

/** A KEY of a page whose header is gone, that says a higher seq, is noise. */
const MOST_SEQ = 2147483648;

/** An end that no block has. */
const NO_FIT = BLOCK_SIZE + 1;

function isInteger(value: number): boolean {
  return value >= -4294967296 && value <= 4294967295 && Math.floor(value) === value;
}

/** Which field of a record of `kind` is the clock; -1: none. */
function clockField(kind: number): number {
  return kind === FIX ? 4 : kind === ANCHOR ? 1 : -1;
}

/**
 * The ring of pages and blocks, and the one place where records go into it: behind the newest, each durable by itself.
 * What cannot be written there moves on to the next block; what the ring needs is erased, oldest first.
 */
export class Ring {
  readonly flash: FlashRegion;
  readonly crypto: Crypto;
  readonly scale: Scale;
  state: JournalState;
  /** What the headers say; read when it is needed, which a wake that only samples does not. */
  private pages: PageTable | null = null;
  /** The page being written, -1 before the first; and the last of its blocks that was begun, -1 before the first. */
  page = -1;
  index = BLOCKS_PER_PAGE;
  /** What the next record's differences are against, as in a Block. */
  row: Row | null = null;
  latE5 = 0;
  lonE5 = 0;
  clockS = 0;
  /** The cargo's limits, beyond which no reading is thinned. */
  private readonly limits: Limits;
  /** The device's key, for seals; null: none are made. */
  private readonly deviceKey: Uint8Array | null;
  private readonly bases: readonly number[];
  /** A copy of the block being written, with room to find out that a record does not fit. */
  private readonly bytes = new Uint8Array(BLOCK_SIZE + LONGEST_RECORD);
  private start = 0;
  private end = BLOCK_SIZE;
  /** Where the next check goes, and whether one place is to be left out, as rubbish may take it for its own. */
  private place = NO_CHECKS;
  private gap = false;
  /** Page sequence of the newest page ever started, and the CRC of its header. */
  private sequence = 0;
  private crc = 0;
  /** Blocks and pages given up since the last FAULT that says so. */
  private unwritable = 0;
  /** Whether a page had to be erased that held records, which no LOST says yet. */
  private lossUnsaid = false;
  /** Whether a block was begun since the next page was looked at. */
  private begun = false;
  /** Whether blocks begin without the judgement: with a long one a KEPT would not fit into any of them. */
  private keeping = false;
  /** Blocks that one append tries before it reports failure: all of the ring, and those of the page that is current. */
  private readonly mostTries: number;

  constructor(
    flash: FlashRegion,
    crypto: Crypto,
    sampling: Sampling,
    deviceKey: Uint8Array | null,
    limits: Limits,
  ) {
    this.flash = flash;
    this.crypto = crypto;
    this.scale = sampling;
    this.deviceKey = deviceKey;
    this.limits = limits;
    this.bases = basesFor(sampling.channels.length);
    this.state = blankState(sampling.intervalS);
    this.mostTries = (flash.pages + 1) * BLOCKS_PER_PAGE;
  }

  get table(): PageTable {
    if (this.pages === null) this.pages = readPageTable(this.flash, this.crypto);
    return this.pages;
  }

  /** Find the newest record and the state that it leaves. Returns the bytes that the last life left torn behind it. */
  mount(): number {
    const probe = probePages(this.flash, this.crypto);
    const head = findHead(this.flash, probe, this.crypto);
    if (head === null) {
      this.state.nextSeq = seqBehindHidden(this.flash, probe.sequence, 0, MOST_SEQ);
      return this.state.nextSeq > 0 ? this.flash.pageSize : 0;
    }
    const header = head.header;
    const block = head.block;
    this.page = head.page;
    this.index = head.index;
    this.sequence = header.sequence;
    this.crc = header.crc;
    this.place = head.place;
    this.gap = head.torn > 0;
    const sameScale = sameCodes(header.scale, this.scale);
    if (!sameScale) this.index = BLOCKS_PER_PAGE;
    if (block !== null) {
      this.state = block.state;
      if (head.open && sameScale) {
        this.bytes.set(block.bytes, 0);
        this.start = block.start;
        this.end = block.end;
        this.row = block.row;
        this.latE5 = block.latE5;
        this.lonE5 = block.lonE5;
        this.clockS = block.clockS;
      }
    }
    this.state.nextSeq = head.nextSeq;
    if (probe.odd && !head.hidden) this.clearNextPage();
    return head.torn;
  }

  /**
   * Put an array record with `fields` behind its kind; position and clock of a FIX and an ANCHOR as they are, not as the
   * differences that will stand in flash. False when no block of the ring takes it, and when a field is no number of 32
   * bits and a sign, which a FAULT then says instead.
   */
  append(kind: number, fields: readonly (number | null)[]): boolean {
    for (let i = 0; i < fields.length; i++) {
      const value = fields[i];
      if (value === null || isInteger(value)) continue;
      this.append(FAULT, [JOURNAL_RANGE, kind, 0]);
      return false;
    }
    if (!this.appendAnywhere(() => this.putRecord(kind, fields))) return false;
    if (kind === FIX) {
      this.latE5 = fields[1] || 0;
      this.lonE5 = fields[2] || 0;
    }
    const clockS = fields[clockField(kind)];
    if (clockS !== null && clockS !== undefined) this.clockS = clockS;
    return true;
  }

  /** Put a record that is encoded already, `item`. */
  appendItem(item: Uint8Array): boolean {
    return this.appendAnywhere(() => {
      this.bytes.set(item, this.end);
      return this.end + item.length;
    });
  }

  /** Put the judgement of the state, as each new block begins with it. */
  appendJudged(): boolean {
    return this.putJudged();
  }

  /** The same, for the ring itself. */
  private putJudged(): boolean {
    const judged = this.state.judged;
    if (judged === null || judged.length === 0) return true;
    if (this.end < BLOCK_SIZE && this.writeJudged(judged)) return true;
    for (let tries = 0; tries < this.mostTries; tries++) if (this.startBlock()) return true;
    return false;
  }

  /** Put a reading. */
  appendRow(row: Row): boolean {
    if (!this.appendAnywhere(() => putRow(this.bytes, this.end, row, this.row, this.bases))) return false;
    this.row = row;
    return true;
  }

  /** Bytes of the newest page in which no block has been begun. */
  roomLeft(): number {
    return Math.max(0, endOfBlock(this.place) - (this.index + 2) * BLOCK_SIZE);
  }

  /** Encode with `put`, which returns the end, and write, in this block or the next that takes it. */
  private appendAnywhere(put: () => number): boolean {
    for (let tries = 0; tries < this.mostTries; tries++) {
      if (this.end < BLOCK_SIZE) {
        const end = put();
        if (end <= BLOCK_SIZE && this.write(end)) return true;
      }
      this.startBlock();
    }
    return false;
  }

  private putRecord(kind: number, fields: readonly (number | null)[]): number {
    let at = putHead(this.bytes, this.end, ARRAY, fields.length + 1);
    at = putInteger(this.bytes, at, kind);
    for (let i = 0; i < fields.length; i++) {
      let value = fields[i];
      if (value !== null && kind === FIX) {
        if (i === 1) value -= this.latE5;
        else if (i === 2) value -= this.lonE5;
      }
      if (value !== null && i === clockField(kind)) value -= this.clockS;
      // A difference too large for 32 bits: in a new block it is against 0.
      if (value !== null && !isInteger(value)) return NO_FIT;
      at = putInteger(this.bytes, at, value);
    }
    return at;
  }

  /** Write the judgement, whose fields `judged` begin with the kind and three items that are told anew. */
  private writeJudged(judged: readonly (number | null)[]): boolean {
    const state = this.state;
    const seq = state.nextSeq;
    const alarm = state.alarmSeq < 0 ? null : seq - state.alarmSeq;
    const fields: (number | null)[] = [alarm, seq - state.judgedThrough, state.told];
    for (let i = fields.length + 1; i < judged.length; i++) fields.push(judged[i]);
    const end = this.putRecord(JUDGED, fields);
    return end <= BLOCK_SIZE && this.write(end);
  }

  /**
   * Program the record that ends at `end`, then its check: a cut in the first leaves no check, and one in the second a
   * record that is whole. Counts it, unless it is the block's KEY.
   */
  private write(end: number): boolean {
    if (!this.findPlace(false)) return false;
    const record = new Uint8Array(this.bytes.buffer, this.end, end - this.end);
    const check = checkOf(this.bytes, this.start, end, this.crc, this.crypto);
    const page = this.page * this.flash.pageSize;
    if (this.flash.program(page + this.index * BLOCK_SIZE + this.end, record) !== null) {
      this.gap = true;
      this.giveUpBlock();
      return false;
    }
    if (this.flash.program(page + this.place, new Uint8Array([check])) !== null) {
      this.place = endOfBlock(this.place);
      this.giveUpBlock();
      return false;
    }
    if (this.end > this.start) this.state.nextSeq++;
    this.end = end;
    this.place++;
    return true;
  }

  private giveUpBlock(): void {
    const offset = this.page * this.flash.pageSize + this.index * BLOCK_SIZE + this.start;
    this.unwritable++;
    this.end = BLOCK_SIZE;
    // A boot takes a block that begins erased for the end of the records, so none may follow it.
    if (this.flash.read(offset, 1)[0] === 0xff) this.index = BLOCKS_PER_PAGE;
  }

  /**
   * Find the next check's place. The checks of one block go on in the block right below only; `anywhere`: those of a KEY
   * may begin further down, as the KEY tells where. False when there is no place left.
   */
  private findPlace(anywhere: boolean): boolean {
    for (;;) {
      if (this.place % BLOCK_SIZE > 0) {
        if (!this.gap) return true;
        this.place++;
        this.gap = false;
        continue;
      }
      const at = this.place - 2 * BLOCK_SIZE;
      if (at <= this.index * BLOCK_SIZE) return false;
      const first = beginChecks(this.flash, this.page, at);
      this.place = first > 0 ? first : this.place - BLOCK_SIZE;
      if (first === 0 && !anywhere) return false;
    }
  }

  /** Begin the next block, and the next page where there is no room in this one. False when it cannot be written. */
  private startBlock(): boolean {
    this.row = null;
    this.latE5 = 0;
    this.lonE5 = 0;
    this.clockS = 0;
    this.end = BLOCK_SIZE;
    if (this.roomLeft() < BLOCK_SIZE) this.index = BLOCKS_PER_PAGE;
    else this.index++;
    if (this.index >= BLOCKS_PER_PAGE && !this.startPage()) return false;
    this.start = this.index === 0 ? FIRST_RECORD : 0;
    const offset = this.page * this.flash.pageSize + this.index * BLOCK_SIZE + this.start;
    if (!this.flash.isErased(offset, BLOCK_SIZE - this.start)) {
      this.unwritable++;
      return false;
    }
    if (!this.findPlace(true)) {
      this.index = BLOCKS_PER_PAGE;
      return false;
    }
    const state = this.state;
    this.end = this.start;
    const key = [
      this.place,
      state.nextSeq,
      state.powerOn,
      state.rowClockS,
      state.intervalS,
      state.nextSeq - state.acked,
      state.uplinkAtS === null ? null : state.uplinkAtS - state.rowClockS,
      flagsOf(state),
      state.fixAtS === null ? null : state.fixAtS - state.rowClockS,
    ];
    if (!this.write(this.putRecord(KEY, key))) return false;
    const judged = this.keeping ? null : state.judged;
    if (judged !== null && judged.length > 0 && !this.writeJudged(judged)) return false;
    const gaveUp = this.unwritable;
    if (gaveUp > 0 && this.write(this.putRecord(FAULT, [JOURNAL_VERIFY, gaveUp, 0]))) this.unwritable = 0;
    if (this.lossUnsaid) {
      this.lossUnsaid = false;
      this.recordLoss();
    }
    this.begun = true;
    return true;
  }

  /**
   * Erase the next page ahead of its time where that is due, and keep of it what must not be lost. That takes long, so it
   * comes behind the record that asked for the room, and only when `state` tells of that one.
   */
  prepareNextPage(): void {
    if (!this.begun || this.roomLeft() > PREPARE_AT) return;
    this.begun = false;
    const next = this.nextPage();
    if (next === this.page || this.table.sequence[next] === 0) return;
    const index = this.index;
    this.keeping = true;
    keepReadings(this, next, this.limits);
    this.keeping = false;
    if (this.index !== index) this.putJudged();
    this.erase(next);
    this.recordLoss();
  }

  /** Erase the next page where a cut has left it half erased, so that nobody has to wonder what it held. */
  private clearNextPage(): void {
    const next = this.nextPage();
    if (this.table.sequence[next] === 0 && !isForeign(this.table, next) && !this.isBlank(next))
      this.erase(next);
  }

  private erase(page: number): boolean {
    this.table.sequence[page] = 0;
    this.table.firstSeq[page] = 0;
    return this.flash.erase(page) === null;
  }

  /** Say which records the collector has not got and cannot have any more. */
  private recordLoss(): void {
    const oldest = oldestSeq(this.table, this.state.nextSeq);
    if (oldest > this.state.acked) this.append(LOST, [this.state.acked, oldest - 1]);
  }

  /** Give the next page of the ring a seal and a header. A page that cannot be written is passed over. */
  private startPage(): boolean {
    const seal = this.sealOfNewest();
    this.page = this.nextPage();
    // Until the header stands, this page has no block to write to.
    this.index = BLOCKS_PER_PAGE;
    const offset = this.page * this.flash.pageSize;
    const held = this.table.sequence[this.page] > 0;
    this.bytes[HEADER_SIZE] = BYTES + SEAL_SIZE;
    this.bytes.set(seal, HEADER_SIZE + 1);
    const place = this.page * 65536 + this.flash.pages;
    const seq = this.state.nextSeq;
    this.crc = putHeader(this.bytes, this.sequence + 1, place, seq, this.scale, this.crypto);
    const header = new Uint8Array(this.bytes.buffer, 0, HEADER_SIZE);
    const sealItem = new Uint8Array(this.bytes.buffer, HEADER_SIZE, 1 + SEAL_SIZE);
    if (
      (!this.isBlank(this.page) && !this.erase(this.page)) ||
      this.flash.program(offset + HEADER_SIZE, sealItem) !== null ||
      this.flash.program(offset, header) !== null
    ) {
      this.unwritable++;
      return false;
    }
    this.sequence++;
    this.table.sequence[this.page] = this.sequence;
    this.table.firstSeq[this.page] = seq;
    this.place = NO_CHECKS;
    this.gap = false;
    this.index = 0;
    if (held) this.lossUnsaid = true;
    return true;
  }

  /** The seal of the page that is full now; all 0 without a key. */
  private sealOfNewest(): Uint8Array {
    const full = newestPage(this.table.sequence, 4294967296);
    if (this.deviceKey === null || full < 0) return new Uint8Array(SEAL_SIZE);
    return sealOf(this.flash, full, this.deviceKey, this.crypto);
  }

  private isBlank(page: number): boolean {
    for (let index = 0; index < BLOCKS_PER_PAGE; index++) {
      const offset = page * this.flash.pageSize + index * BLOCK_SIZE;
      if (!this.flash.isErased(offset, BLOCK_SIZE)) return false;
    }
    return true;
  }

  /** The page behind this one in the ring; another format's pages are left alone as long as one is free. */
  private nextPage(): number {
    const pages = this.flash.pages;
    let free = false;
    for (let page = 0; page < pages; page++)
      if (page !== this.page && this.table.sequence[page] === 0 && !isForeign(this.table, page)) free = true;
    let next = (this.page + 1) % pages;
    while (free && isForeign(this.table, next)) next = (next + 1) % pages;
    return next;
  }
}
