import { ARGUMENT_REFUSED } from '../../hal/faults.ts';
import { ARRAY, type Cursor, cursorOn, readHead, readInteger, readText, skipItem, TEXT } from '../cbor.ts';
import { lookBack } from '../journal/look-back.ts';
import type { Block } from '../journal/walk.ts';
import type { Reply } from './reply.ts';
import { type Arguments, numberOf, type Session } from './session.ts';
import { wordsOf } from './words.ts';

const MOST_RECORDS = 50;
const RECORDS = 10;
/** How far back, blocks. */
const MOST_BLOCKS = 64;

/** Kinds of docs/journal.md by their numbers; in lower case those that are bookkeeping. */
const KINDS =
  'key POWER_ON time anchor FIX ack SESSION FAULT LOST NO_FIX kept interval radio CONDITIONS judged ALARM CALIBRATED CHANGED TRIP TESTED';

/** One item as a person may read it. */
function itemText(cursor: Cursor): string {
  const at = cursor.at;
  const major = cursor.bytes[at] & 0xe0;
  if (major === TEXT) return readText(cursor) || '""';
  const value = readInteger(cursor);
  if (value !== undefined) return value === null ? '-' : `${value}`;
  cursor.at = at;
  return skipItem(cursor) ? '...' : '?';
}

/** The record at the cursor as text; empty for a reading. */
function recordText(cursor: Cursor, isEvents: boolean): string {
  const at = cursor.at;
  if (!readHead(cursor) || cursor.major !== ARRAY) {
    cursor.at = at;
    skipItem(cursor);
    return '';
  }
  const count = cursor.argument;
  const kind = readInteger(cursor) || 0;
  const name = KINDS.split(' ')[kind] || `kind ${kind}`;
  const items: string[] = [];
  for (let i = 1; i < count; i++) items.push(itemText(cursor));
  const words = name === 'FAULT' ? wordsOf(parseInt(items[0], 10)) : undefined;
  if (words !== undefined) items[0] = words[0];
  return isEvents && name.charAt(0) !== name.charAt(0).toUpperCase() ? '' : `${name} ${items.join(' ')}`;
}

/** Of one block the last `most` records that are to be told, with their seqs, the oldest first. */
function linesOf(block: Block, most: number, isEvents: boolean): { seq: number; text: string }[] {
  const lines: { seq: number; text: string }[] = [];
  const cursor = cursorOn(block.bytes, block.start, block.end);
  skipItem(cursor);
  let readings = 0;
  for (let seq = block.first; cursor.at < block.end; seq++) {
    const text = recordText(cursor, isEvents);
    if (text === '') readings++;
    else
      lines.push({ seq, text: readings > 0 && !isEvents ? `${text}  (behind ${readings} readings)` : text });
    if (text !== '') readings = 0;
    if (lines.length > most) lines.shift();
  }
  if (readings > 0 && !isEvents) lines.push({ seq: block.state.nextSeq - 1, text: `${readings} readings` });
  return lines;
}

/** `journal.tail` and `events`. */
export function tailCommand(session: Session, name: string, args: Arguments, reply: Reply): void {
  const most = numberOf(args, 'n', 1, MOST_RECORDS, RECORDS);
  if (!(most > 0)) {
    reply.fail(ARGUMENT_REFUSED, 'n', []);
    return;
  }
  let found: { seq: number; text: string }[] = [];
  lookBack(session.journal, MOST_BLOCKS, (block) => {
    found = linesOf(block, most - found.length, name === 'events').concat(found);
    return found.length >= most;
  });
  const from = Math.max(0, found.length - most);
  for (let i = from; i < found.length; i++) {
    reply.part(['seq', found[i].seq, 'text', found[i].text]);
    reply.say(`${found[i].seq} ${found[i].text}`);
  }
  if (found.length === 0) reply.say('nothing');
  reply.done(reply.isMachine ? ['parts', found.length - from] : []);
}
