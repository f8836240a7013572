import { ARRAY, putHead, putInteger } from '../cbor.ts';
import { isExcursion, type Limits } from './excursion.ts';
import { BLOCK_SIZE, BLOCKS_PER_PAGE, KEPT, LONGEST_RECORD } from './format.ts';
import { readHeader } from './header.ts';
import { pageAfter } from './pages.ts';
import type { Ring } from './ring.ts';
import { basesFor, putRow, type Row } from './row.ts';
import { sameCodes } from './scale.ts';
import { type Block, walkBlock } from './walk.ts';

const HOUR_S = 3600;
const MOST_READINGS = 16;
/** About what a reading takes in a KEPT. */
const KEPT_READING = 8;
/** The page that is being written must not end before the next one is erased. */
const ROOM_TO_END = 2 * BLOCK_SIZE;
/** What must be left for an hour's reading to be taken: some fifty excursions go before it. */
const ROOM_FOR_EXCURSIONS = 3 * BLOCK_SIZE;
/** Room for the head of the array, which is known last. */
const HEAD_ROOM = 2;
/** Items of a KEPT in front of its second reading, and of each reading from there on. */
const ITEMS_FIRST = 8;
const ITEMS_EACH = 3;
/** A further reading of eight channels at its widest. */
const WIDEST_READING = 3 + 5 + 17;

/** Collects readings into KEPT records. docs/journal.md, "When the ring is full". */
class Keeper {
  private readonly ring: Ring;
  private readonly limits: Limits;
  private readonly bases: readonly number[];
  private readonly strideS: number;
  private readonly item = new Uint8Array(LONGEST_RECORD);
  private at = HEAD_ROOM;
  private count = 0;
  /** The reading that was taken last into the item. */
  private row: Row | null = null;
  private seq = 0;
  private uptimeS = 0;
  /** Where the walk stands: power-on, the last reading of the hour, and what was last known of clock and position. */
  private powerOn = -1;
  private hourS = 0;
  private clockS = 0;
  private latE5 = 0;
  private lonE5 = 0;

  constructor(ring: Ring, limits: Limits, strideS: number) {
    this.ring = ring;
    this.limits = limits;
    this.strideS = strideS;
    this.bases = basesFor(ring.scale.channels.length);
  }

  visit(block: Block): void {
    const state = block.state;
    const seq = state.nextSeq - 1;
    const row = block.row as Row;
    const uptimeS = state.rowClockS;
    if (state.powerOn !== this.powerOn) {
      this.flush();
      this.powerOn = state.powerOn;
      this.hourS = uptimeS - this.strideS;
      this.clockS = 0;
    }
    if (block.clockPowerOn === state.powerOn) this.clockS = block.clockS;
    if (block.latE5 !== 0 || block.lonE5 !== 0) {
      this.latE5 = block.latE5;
      this.lonE5 = block.lonE5;
    }
    if (seq < this.ring.state.acked) return;
    const due = uptimeS >= this.hourS + this.strideS - state.intervalS / 2;
    if (due) this.hourS = uptimeS;
    if (isExcursion(row, this.ring.scale, this.limits)) this.take(seq, uptimeS, row, ROOM_TO_END);
    else if (due) this.take(seq, uptimeS, row, ROOM_FOR_EXCURSIONS);
  }

  /** Take a reading, unless less than `room` is left. */
  private take(seq: number, uptimeS: number, row: Row, room: number): void {
    if (this.count === MOST_READINGS || this.at + WIDEST_READING > LONGEST_RECORD) this.flush();
    if (this.ring.roomLeft() < room) return;
    const item = this.item;
    let at = this.at;
    if (this.count === 0) {
      const placed = this.latE5 !== 0 || this.lonE5 !== 0;
      at = putInteger(item, at, KEPT);
      at = putInteger(item, at, seq);
      at = putInteger(item, at, this.powerOn);
      at = putInteger(item, at, uptimeS);
      at = putInteger(item, at, this.clockS === 0 ? null : this.clockS);
      at = putInteger(item, at, placed ? this.latE5 : null);
      at = putInteger(item, at, placed ? this.lonE5 : null);
    } else {
      at = putInteger(item, at, seq - this.seq);
      at = putInteger(item, at, uptimeS - this.uptimeS - HOUR_S);
    }
    this.at = putRow(item, at, row, this.row, this.bases);
    this.row = row.slice(0);
    this.seq = seq;
    this.uptimeS = uptimeS;
    this.count++;
  }

  flush(): void {
    const count = this.count;
    const end = this.at;
    this.at = HEAD_ROOM;
    this.count = 0;
    this.row = null;
    if (count === 0) return;
    const items = ITEMS_FIRST + (count - 1) * ITEMS_EACH;
    const start = items < 24 ? HEAD_ROOM - 1 : 0;
    putHead(this.item, start, ARRAY, items);
    this.ring.appendItem(new Uint8Array(this.item.buffer, start, end - start));
  }
}

/**
 * Put what must not be lost of the readings of `page` at the ring's head: excursions, and one reading an hour, or fewer
 * where the room in the newest page asks for it. Only those that the collector does not hold.
 */
export function keepReadings(ring: Ring, page: number, limits: Limits): void {
  const header = readHeader(ring.flash, page, ring.crypto);
  if (header === null || !sameCodes(header.scale, ring.scale)) return;
  const after = pageAfter(ring.table, header.sequence);
  const endSeq = after < 0 ? ring.state.nextSeq : ring.table.firstSeq[after];
  const room = ring.roomLeft() - ROOM_FOR_EXCURSIONS;
  if (endSeq <= ring.state.acked || room <= 0) return;
  const hours = ((endSeq - Math.max(header.firstSeq, ring.state.acked)) * ring.state.intervalS) / HOUR_S;
  const keeper = new Keeper(ring, limits, HOUR_S * Math.max(1, Math.ceil((hours * KEPT_READING) / room)));
  for (let index = 0; index < BLOCKS_PER_PAGE; index++)
    walkBlock(ring.flash, page, index, header, ring.crypto, (block) => {
      keeper.visit(block);
    });
  keeper.flush();
}
