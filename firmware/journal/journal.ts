import type { Crypto } from '../../hal/crypto.ts';
import { JOURNAL_FOREIGN, JOURNAL_TORN } from '../../hal/faults.ts';
import type { FlashRegion } from '../../hal/flash.ts';
import { takeAlarm, takeConditions, takeFix, takeNoFix } from './apply.ts';
import type { Limits } from './excursion.ts';
import {
  ACK,
  ALARM,
  ANCHOR,
  CONDITIONS,
  FAULT,
  FIX,
  INTERVAL,
  JUDGED,
  LOST,
  NO_FIX,
  POWER_ON,
  RADIO,
  SESSION,
  TIME,
} from './format.ts';
import { foreignPages } from './pages.ts';
import { Ring } from './ring.ts';
import type { Row } from './row.ts';
import type { Sampling } from './scale.ts';
import { countSession, type JournalState, uplinkAfterPowerOn } from './state.ts';

/**
 * The tracker's log: docs/journal.md. Every append is durable when it returns. The whole state is rebuilt by `mount`,
 * which is all that happens at a boot and comes before everything else.
 */
export class Journal {
  readonly ring: Ring;
  /** Seq of the last reading that this wake has put; -1: none. */
  readingSeq = -1;
  /** Whether this wake has put an ANCHOR already. */
  anchored = false;

  constructor(
    flash: FlashRegion,
    crypto: Crypto,
    sampling: Sampling,
    deviceKey: Uint8Array | null,
    limits: Limits,
  ) {
    this.ring = new Ring(flash, crypto, sampling, deviceKey, limits);
  }

  /** What the tracker knows about its past. */
  get state(): JournalState {
    return this.ring.state;
  }

  /** Rebuild the state from flash. Appends a FAULT when the last life left a torn tail. */
  mount(): void {
    const torn = this.ring.mount();
    if (torn > 0) this.fault(JOURNAL_TORN, torn, this.state.rowClockS);
  }

  /** Seconds between readings from here on. */
  sampleEvery(intervalS: number): void {
    if (this.ring.state.intervalS === intervalS) return;
    this.ring.append(INTERVAL, [intervalS]);
    this.ring.state.intervalS = intervalS;
  }

  /** Put a reading taken at `uptimeS`. False only when no block of the ring can be written. */
  reading(uptimeS: number, row: Row): boolean {
    const state = this.ring.state;
    const late = uptimeS - (state.rowClockS + state.intervalS);
    if (late < -1 || late > 1) {
      if (!this.ring.append(TIME, [Math.floor(uptimeS)])) return false;
      state.rowClockS = Math.floor(uptimeS) - state.intervalS;
    }
    if (!this.ring.appendRow(row)) return false;
    this.readingSeq = state.nextSeq - 1;
    state.rowClockS += state.intervalS;
    this.ring.prepareNextPage();
    return true;
  }

  poweredOn(cause: number, uptimeS: number): void {
    const state = this.ring.state;
    const at = Math.floor(uptimeS);
    this.ring.append(POWER_ON, [state.powerOn + 1, cause, at]);
    state.powerOn++;
    state.rowClockS = at - state.intervalS;
    state.uplinkAtS = uplinkAfterPowerOn(state, at);
    state.inSession = false;
    state.fixAtS = null;
    this.ring.prepareNextPage();
    const foreign = foreignPages(this.ring.table);
    if (foreign > 0) this.fault(JOURNAL_FOREIGN, foreign, at);
  }

  /** `errorS` bounds the error of `utcS`, which was true at `uptimeS`. */
  anchor(uptimeS: number, utcS: number, source: number, errorS: number): void {
    this.ring.append(ANCHOR, [this.sinceRow(uptimeS), utcS - Math.floor(uptimeS), source, errorS]);
    this.anchored = true;
    this.ring.prepareNextPage();
  }

  /** A position found at `uptimeS`; `utcS` is the time that came with it, null when none did. */
  fix(uptimeS: number, latE5: number, lonE5: number, satellites: number, utcS: number | null): void {
    const ring = this.ring;
    const clockS = utcS === null ? null : utcS - Math.floor(uptimeS);
    const lat = latE5 - ring.latE5;
    const lon = lonE5 - ring.lonE5;
    const isFirst = ring.latE5 === 0;
    const page = ring.page;
    const index = ring.index;
    ring.append(FIX, [this.sinceRow(uptimeS), latE5, lonE5, satellites, clockS]);
    // A boot that reads the block alone knows of no position before it.
    const isSame = page === ring.page && index === ring.index;
    takeFix(ring.state, Math.floor(uptimeS), isFirst || !isSame, lat, lon);
    if (clockS !== null) this.anchored = true;
    this.ring.prepareNextPage();
  }

  noFix(uptimeS: number, reason: number): void {
    this.ring.append(NO_FIX, [this.sinceRow(uptimeS), reason]);
    takeNoFix(this.ring.state, Math.floor(uptimeS), reason);
    this.ring.prepareNextPage();
  }

  /**
   * The collector holds every record below `next`. It may go back, when the collector has lost what it held and asks
   * again; an answer beyond what was written is ignored.
   */
  ack(next: number): void {
    if (next === this.ring.state.acked || next < 0 || next > this.ring.state.nextSeq) return;
    this.ring.append(ACK, [next]);
    this.ring.state.acked = next;
    this.ring.prepareNextPage();
  }

  /** A session that began at `startedS`: SESSION_BEGUN, and its outcome when it is over. */
  session(startedS: number, outcome: number): void {
    this.ring.append(SESSION, [this.sinceRow(startedS), outcome]);
    this.ring.state.uplinkAtS = Math.floor(startedS);
    countSession(this.ring.state, outcome);
    this.ring.prepareNextPage();
  }

  /** What the network policy is to remember, as the items of a RADIO; the first is the step of the back-off. */
  radio(items: (number | null)[]): void {
    this.ring.append(RADIO, items);
    this.ring.state.failures = items[0] || 0;
    this.ring.prepareNextPage();
  }

  /** What feeds the tracker and goes on around it, as bits of firmware/conditions.ts, from `uptimeS` on. */
  conditions(uptimeS: number, conditions: number, millivolts: number | null): void {
    this.ring.append(CONDITIONS, [this.sinceRow(uptimeS), conditions, millivolts]);
    takeConditions(this.ring.state, conditions);
    this.ring.prepareNextPage();
  }

  /** An alarm of rule `items[0]` was raised (`items[1]` is 1) or has ended (0), with the numbers that say why. */
  alarm(items: (number | null)[]): void {
    this.ring.append(ALARM, items);
    takeAlarm(this.ring.state, items[1] || 0, this.ring.state.nextSeq - 1);
    this.ring.prepareNextPage();
  }

  /**
   * The judgement with all readings taken into account, or those up to `through`, as items that firmware/judge/
   * understands.
   */
  judged(items: readonly (number | null)[], through?: number): void {
    const state = this.ring.state;
    const fields: (number | null)[] = [JUDGED, null, 0, 0];
    for (let i = 0; i < items.length; i++) fields.push(items[i]);
    state.judged = fields;
    state.judgedThrough = through === undefined ? state.nextSeq - 1 : through;
    state.told = 0;
    this.ring.appendJudged();
    this.ring.prepareNextPage();
  }

  fault(code: number, detail: number, uptimeS: number): void {
    this.ring.append(FAULT, [code, detail, this.sinceRow(uptimeS)]);
    this.ring.prepareNextPage();
  }

  /**
   * Put down that the records from `from` to `to` cannot be had any more. False when that cannot be written. The block of
   * this record stays the newest, for whoever sends it: the next page is made ready by what comes next.
   */
  lost(from: number, to: number): boolean {
    return this.ring.append(LOST, [from, to]);
  }

  private sinceRow(uptimeS: number): number {
    return Math.floor(uptimeS) - this.ring.state.rowClockS;
  }
}
