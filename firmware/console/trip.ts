import { ARGUMENT_REFUSED, NO_TRIP, NOT_PROVISIONED, OK, TRIP_UNDER_WAY } from '../../hal/faults.ts';
import { loadValues } from '../config/load.ts';
import { isId } from '../config/numbers.ts';
import { KEY_CONTAINER, KEY_DEVICE_ID, KEY_TRIP } from '../config/schema.ts';
import { completed } from './keys.ts';
import { recordTrip } from './records.ts';
import type { Reply } from './reply.ts';
import { overlay, saveStaged } from './save.ts';
import { type Arguments, LONGEST_WHO, type Session, textOf } from './session.ts';

const LONGEST_TRIP = 32;

/**
 * `trip.start` and `trip.stop`: the key `trip`, saved with all that is staged, and a record of it. A start that is asked for again,
 * as its answer was lost, saves what is staged and is told again.
 */
export function tripCommand(session: Session, name: string, args: Arguments, reply: Reply): void {
  const isStart = name === 'trip.start';
  const who = textOf(args, 'who');
  const trip = textOf(args, 'trip');
  if (!isId(who, LONGEST_WHO)) {
    reply.fail(ARGUMENT_REFUSED, 'who', []);
    return;
  }
  if (isStart && !isId(trip, LONGEST_TRIP)) {
    reply.fail(ARGUMENT_REFUSED, 'trip', []);
    return;
  }
  const tracker = session.tracker;
  const values = completed(loadValues(tracker.configuration, tracker.crypto, 'all but the CA').values);
  const underWay = values[KEY_TRIP] as string;
  overlay(session, values);
  let fault = OK;
  if (isStart && underWay !== '' && underWay !== trip) fault = TRIP_UNDER_WAY;
  else if (!isStart && underWay === '') fault = NO_TRIP;
  else if (isStart && values[KEY_DEVICE_ID] === '') fault = NOT_PROVISIONED;
  if (fault !== OK) {
    reply.fail(fault, underWay, []);
    return;
  }
  session.staged[KEY_TRIP] = isStart ? trip : '';
  const saved = saveStaged(session, who);
  if (saved.fault !== OK) {
    delete session.staged[KEY_TRIP];
    reply.fail(saved.fault, saved.about, []);
    return;
  }
  const container = values[KEY_CONTAINER] as string;
  recordTrip(tracker, session.journal, isStart ? 1 : 0, isStart ? trip : underWay, container, who);
  reply.say(isStart ? 'the trip has begun' : 'the trip has ended');
  reply.done(['generation', saved.generation]);
}
