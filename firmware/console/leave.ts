import { CONFIG_UNWRITABLE, NOT_CONFIRMED } from '../../hal/faults.ts';
import { loadValues } from '../config/load.ts';
import { KEY_CONTAINER, KEY_TRIP } from '../config/schema.ts';
import { completed } from './keys.ts';
import { recordGeneration, recordTrip } from './records.ts';
import type { Reply } from './reply.ts';
import { type Arguments, type Session, textOf } from './session.ts';

/**
 * Erase both copies of the configuration, the one in force last: a power cut leaves it whole, or nothing. The page that holds
 * none is erased too, as it may hold a key that was in force before.
 */
function eraseConfiguration(session: Session): boolean {
  const flash = session.tracker.configuration;
  const inForce = loadValues(flash, session.tracker.crypto, 'none').page;
  let isErased = true;
  for (let page = 0; page < flash.pages; page++)
    if (page !== inForce && flash.erase(page) !== null) isErased = false;
  return inForce < 0 ? isErased : isErased && flash.erase(inForce) === null;
}

/** The journal hears of it first: of the configuration that ends, and of a trip that ends with it. */
function tellReset(session: Session): void {
  const tracker = session.tracker;
  const loaded = loadValues(tracker.configuration, tracker.crypto, 'all but the CA');
  const values = completed(loaded.values);
  const trip = values[KEY_TRIP] as string;
  const container = values[KEY_CONTAINER] as string;
  if (trip !== '') recordTrip(tracker, session.journal, 0, trip, container, 'console');
  recordGeneration(tracker, session.journal, loaded.generation, 0, 'console');
}

/** What ends the console: `exit`, `reboot`, `factory.reset`, `repl`. */
export function leaveCommand(session: Session, name: string, args: Arguments, reply: Reply): void {
  if (name === 'exit') session.leave = 'exit';
  else if (name === 'reboot') session.leave = 'restart';
  else if (name === 'repl') session.leave = 'interpreter';
  else if (textOf(args, 'confirm') !== 'ERASE') {
    reply.fail(NOT_CONFIRMED, '', []);
    return;
  } else {
    tellReset(session);
    if (!eraseConfiguration(session)) {
      reply.fail(CONFIG_UNWRITABLE, '', []);
      return;
    }
    session.leave = 'restart';
  }
  reply.done([]);
}
