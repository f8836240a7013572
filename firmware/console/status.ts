import { POWER_LEVEL } from '../conditions.ts';
import { loadValues } from '../config/load.ts';
import { LAST_KEY } from '../config/schema.ts';
import { VERSION } from '../version.ts';
import { placeName, tenths, valuesOfRow } from './readings.ts';
import type { Field, Reply } from './reply.ts';
import type { Session, Visit } from './session.ts';

const PROTOCOL = 1;

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

function sayReading(values: readonly Field[], ageS: number, reply: Reply): void {
  values.forEach((entry) => {
    const value = entry as readonly Field[];
    const text = tenths(value[2] as number | null, value[1] === 't' ? 'C' : '%');
    reply.say(`${`${placeName(value[0] as number)}                `.substr(0, 16)} ${text}, ${ageS} s ago`);
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
  const row = journal.ring.row;
  const external = tracker.battery.external();
  const uptimeS = Math.floor(tracker.clock.uptimeS());
  const ageS = Math.max(0, uptimeS - state.rowClockS);
  const values = row === null ? [] : valuesOfRow(row, journal.ring.scale);
  const millivolts = tracker.battery.millivolts();
  const generation = loadValues(tracker.configuration, tracker.crypto, 'the CA').generation;
  const fields: Field[] = ['device', session.config.deviceId, 'powerOn', state.powerOn, 'uptimeS', uptimeS];
  fields.push('utcS', utcS(session), 'millivolts', millivolts);
  fields.push('external', external === null ? null : external ? 1 : 0);
  fields.push('level', state.conditions & POWER_LEVEL, 'intervalS', state.intervalS);
  fields.push('next', state.nextSeq, 'acked', state.acked, 'alarm', state.alarmSeq >= 0 ? 1 : 0);
  fields.push('failures', state.failures, 'trip', session.config.trip, 'container', session.config.container);
  fields.push('config', generation, 'staged', session.stagedCount);
  if (reply.isMachine) fields.push('lastReading', values, 'lastReadingAgeS', ageS);
  else sayReading(values, ageS, reply);
  reply.done(fields);
}
