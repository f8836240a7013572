/** What is said of the probes beside a reading: FAULTs, each once for as long as it stays so, and once in a block at most. */
import { SENSOR_DOUBTED, SENSOR_FAILED } from '../hal/faults.ts';
import { CARGO } from '../hal/probe.ts';
import { MISSING } from './journal/format.ts';
import { readHeader } from './journal/header.ts';
import type { Journal } from './journal/journal.ts';
import { lookBack } from './journal/look-back.ts';
import type { Row } from './journal/row.ts';
import { isHumidity, type Scale } from './journal/scale.ts';
import { temperaturesOf } from './journal/temperatures.ts';
import { walkBlock } from './journal/walk.ts';
import { doubtOn, PLAUSIBLE, STUCK } from './plausible.ts';

/** In fewer readings steady air, and a good reefer, may well give the same code each time. */
const FEWEST_TO_BE_STUCK = 20;
/** What another temperature must have moved by meanwhile; deep in the cargo much of that does not arrive. */
const MOVED_MILLI_K = 2000;
const MOVED_ROUND_CARGO_MILLI_K = 10000;
/** Blocks in which a full ring keeps old readings may lie between the newest two with readings. */
const MOST_BLOCKS = 12;

/** What is wrong with the temperature in channel `i` of a reading: its code where that is a reason, or the doubt on it. */
function wrongWith(row: Row, i: number, scale: Scale, before: Row | null): number {
  if (row[i] >= MISSING) return row[i];
  const last = before === null ? null : temperaturesOf(before, scale);
  return doubtOn(scale.channels[i], temperaturesOf(row, scale), last);
}

function say(journal: Journal, place: number, wrong: number, takenS: number): void {
  if (wrong >= MISSING) journal.fault(SENSOR_FAILED, place - 1, takenS);
  else journal.fault(SENSOR_DOUBTED, 16 * place + wrong, takenS);
}

/** Whether `wrong` was so of channel `i` already before the newest reading of the newest block. */
function wasSo(journal: Journal, i: number, wrong: number): boolean {
  const ring = journal.ring;
  const header = readHeader(ring.flash, ring.page, ring.crypto);
  let was = false;
  let before: Row | null = null;
  if (header === null) return false;
  walkBlock(ring.flash, ring.page, ring.index, header, ring.crypto, (block) => {
    if (block.state.nextSeq > journal.readingSeq || block.row === null) return;
    if (wrongWith(block.row, i, header.scale, before) === wrong) was = true;
    before = block.row.slice(0);
  });
  return was;
}

/** Doubt the probes that have not moved at all in the block of readings before the newest one, while others did. */
function doubtStuck(journal: Journal, takenS: number): void {
  const ring = journal.ring;
  const lows: number[] = [];
  const highs: number[] = [];
  const counts: number[] = [];
  let scale: Scale = ring.scale;
  lookBack(journal, MOST_BLOCKS, (block, page, index) => {
    const header = readHeader(ring.flash, page, ring.crypto);
    if (block.row === null || block.state.nextSeq > journal.readingSeq || header === null) return false;
    scale = header.scale;
    walkBlock(ring.flash, page, index, header, ring.crypto, (now) => {
      const row = now.row as Row;
      for (let i = 0; i < row.length; i++) {
        if (counts.length <= i) {
          lows.push(MISSING);
          highs.push(0);
          counts.push(0);
        }
        if (row[i] >= MISSING) continue;
        lows[i] = Math.min(lows[i], row[i]);
        highs[i] = Math.max(highs[i], row[i]);
        counts[i]++;
      }
    });
    return true;
  });
  let moved = 0;
  for (let i = 0; i < counts.length; i++)
    if (!isHumidity(scale.channels[i])) moved = Math.max(moved, (highs[i] - lows[i]) * scale.tempStep);
  for (let i = 0; i < counts.length; i++) {
    const place = scale.channels[i];
    const isStill = !isHumidity(place) && lows[i] === highs[i] && counts[i] >= FEWEST_TO_BE_STUCK;
    if (isStill && moved >= (place >= CARGO ? MOVED_ROUND_CARGO_MILLI_K : MOVED_MILLI_K))
      say(journal, place, STUCK, takenS);
  }
}

/**
 * Say what is wrong with the newest reading, `row`, which was taken at `takenS`; `before` is the one before it in the same
 * block, null for none, and `last` the one before it, null where it is unknown or more than an hour old. To be called right
 * behind the reading.
 */
export function complain(
  journal: Journal,
  row: Row,
  before: Row | null,
  last: Row | null,
  takenS: number,
): void {
  const scale = journal.ring.scale;
  // A FAULT may begin another block: what this one has said is asked first.
  const wrongs: number[] = [];
  for (let i = 0; i < row.length; i++) {
    let wrong = isHumidity(scale.channels[i]) ? PLAUSIBLE : wrongWith(row, i, scale, last);
    if (wrong !== PLAUSIBLE && before !== null)
      if (wrongWith(before, i, scale, null) === wrong || wasSo(journal, i, wrong)) wrong = PLAUSIBLE;
    wrongs.push(wrong);
  }
  if (before === null) doubtStuck(journal, takenS);
  for (let i = 0; i < row.length; i++)
    if (wrongs[i] !== PLAUSIBLE) say(journal, scale.channels[i], wrongs[i], takenS);
}
