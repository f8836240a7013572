import { ARGUMENT_REFUSED, NO_TRIP, NOT_PROVISIONED, OK, TRIP_UNDER_WAY } from '../../hal/faults.ts';
import { isId } from '../config/numbers.ts';
import { KEY_CONTAINER, KEY_DEVICE_ID, KEY_TRIP } from '../config/schema.ts';
import { recordTrip } from './records.ts';
import type { Reply } from './reply.ts';
import { mergedValues, saveStaged } from './save.ts';
import { type Arguments, LONGEST_WHO, type Session, textOf } from './session.ts';

/** `trip.start` and `trip.stop`: the key `trip`, saved with all that is staged, and a record of it. */
export function tripCommand(session: Session, name: string, args: Arguments, reply: Reply): void {
  const isStart = name === 'trip.start';
  const who = textOf(args, 'who');
  const trip = textOf(args, 'trip');
  if (!isId(who, LONGEST_WHO)) {
    reply.fail(ARGUMENT_REFUSED, 'who', []);
    return;
  }
  if (isStart && (trip === '' || !isId(trip, 32))) {
    reply.fail(ARGUMENT_REFUSED, 'trip', []);
    return;
  }
  const values = mergedValues(session);
  const underWay = values[KEY_TRIP] as string;
  let fault = OK;
  if (isStart && underWay === trip) {
    // Asked again, as the answer was lost.
    reply.done(['generation', session.generation]);
    return;
  }
  if (isStart && underWay !== '') fault = TRIP_UNDER_WAY;
  else if (!isStart && underWay === '') fault = NO_TRIP;
  else if (isStart && values[KEY_DEVICE_ID] === '') fault = NOT_PROVISIONED;
  if (fault !== OK) {
    reply.fail(fault, underWay, []);
    return;
  }
  if (session.staged[KEY_TRIP] === undefined) session.stagedCount++;
  session.staged[KEY_TRIP] = isStart ? trip : '';
  const saved = saveStaged(session, who);
  if (saved.fault !== OK) {
    delete session.staged[KEY_TRIP];
    session.stagedCount--;
    reply.fail(saved.fault, saved.about, []);
    return;
  }
  const container = values[KEY_CONTAINER] as string;
  recordTrip(session.tracker, session.journal, isStart ? 1 : 0, isStart ? trip : underWay, container, who);
  reply.say(isStart ? 'the trip has begun' : 'the trip has ended');
  reply.done(['generation', saved.generation]);
}
