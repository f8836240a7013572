import { POWER_LEVEL } from '../conditions.ts';
import { loadValues } from '../config/load.ts';
import { KEY_CONTAINER, KEY_TRIP, LAST_KEY } from '../config/schema.ts';
import type { Journal } from '../journal/journal.ts';
import { lookBack } from '../journal/look-back.ts';
import type { Row } from '../journal/row.ts';
import { VERSION } from '../version.ts';
import { completed } from './keys.ts';
import { placeName, tenths, valuesOfRow, WIDTH } from './readings.ts';
import type { Field, Reply } from './reply.ts';
import { type Session, stagedCount, type Visit } from './session.ts';

const PROTOCOL = 1;
/** How far back the last reading is looked for. */
const BLOCKS = 8;

function hello(session: Session, reply: Reply): void {
  const uptimeS = session.tracker.clock.uptimeS();
  reply.done([
    'device',
    session.config.deviceId,
    'powerOn',
    session.journal.state.powerOn,
    'uptimeS',
    Math.floor(uptimeS),
    'protocol',
    PROTOCOL,
    'version',
    VERSION,
    'keys',
    LAST_KEY,
    'pin',
    session.config.consolePin === '' ? 0 : 1,
    'open',
    session.isOpen ? 1 : 0,
    'waitS',
    Math.max(0, Math.ceil(session.pinFromS - uptimeS)),
  ]);
}

/** The last reading; a block that has just been begun has none, and the one before it does. Null: none is near. */
function lastRow(journal: Journal): Row | null {
  let row: Row | null = journal.ring.row;
  if (row !== null) return row;
  lookBack(journal, BLOCKS, (block) => {
    row = block.row;
    return row !== null;
  });
  return row;
}

function sayReading(values: readonly Field[], ageS: number, reply: Reply): void {
  values.forEach((entry) => {
    const value = entry as readonly Field[];
    const text = tenths(value[2] as number | null, value[1] === 't' ? 'C' : '%');
    reply.say(`${placeName(value[0] as number).padEnd(WIDTH)} ${text}, ${ageS} s ago`);
  });
}

/** UTC now as far as the block that is written to knows it, or did when this was asked before, s; null unknown. */
export function utcS(session: Visit): number | null {
  const clockS = session.journal.ring.clockS;
  if (clockS > 0) session.clockS = clockS;
  return session.clockS > 0 ? Math.floor(session.tracker.clock.uptimeS()) + session.clockS : null;
}

/** `hello` and `status`. */
export function statusCommand(session: Session, name: string, reply: Reply): void {
  if (name === 'hello') {
    hello(session, reply);
    return;
  }
  const tracker = session.tracker;
  const journal = session.journal;
  const state = journal.state;
  const row = lastRow(journal);
  const external = tracker.battery.external();
  const uptimeS = Math.floor(tracker.clock.uptimeS());
  const ageS = Math.max(0, uptimeS - state.rowClockS);
  const values = row === null ? [] : valuesOfRow(row, journal.ring.scale);
  const millivolts = tracker.battery.millivolts();
  const loaded = loadValues(tracker.configuration, tracker.crypto, 'all but the CA');
  const saved = completed(loaded.values);
  const fields: Field[] = ['device', session.config.deviceId, 'powerOn', state.powerOn, 'uptimeS', uptimeS];
  fields.push('utcS', utcS(session), 'millivolts', millivolts);
  fields.push('external', external === null ? null : external ? 1 : 0);
  fields.push('level', state.conditions & POWER_LEVEL, 'intervalS', state.intervalS);
  fields.push('next', state.nextSeq, 'acked', state.acked, 'alarm', state.alarmSeq >= 0 ? 1 : 0);
  fields.push('failures', state.failures, 'trip', saved[KEY_TRIP] as string);
  fields.push(
    'container',
    saved[KEY_CONTAINER] as string,
    'config',
    loaded.generation,
    'staged',
    stagedCount(session),
  );
  if (reply.isMachine) fields.push('lastReading', values, 'lastReadingAgeS', ageS);
  else sayReading(values, ageS, reply);
  reply.done(fields);
}
