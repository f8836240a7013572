import { ARGUMENT_REFUSED, OK, PIN_TOO_SOON, PIN_WRONG } from '../../hal/faults.ts';
import { pauseAfter, tryPin } from './pin.ts';
import type { Reply } from './reply.ts';
import { type Arguments, type Session, textOf } from './session.ts';

/** `unlock` with a PIN, and `lock`. */
export function pinCommand(session: Session, name: string, args: Arguments, reply: Reply): void {
  const tracker = session.tracker;
  const right = session.config.consolePin;
  if (name === 'lock') {
    session.isOpen = right === '';
    reply.done([]);
    return;
  }
  if (right === '' || session.isOpen) {
    session.isOpen = true;
    reply.done([]);
    return;
  }
  const waitS = Math.ceil(session.pinFromS - tracker.clock.uptimeS());
  if (waitS > 0) {
    reply.fail(PIN_TOO_SOON, '', ['waitS', waitS]);
    return;
  }
  const pin = textOf(args, 'pin');
  if (pin === '') {
    reply.fail(ARGUMENT_REFUSED, 'pin', []);
    return;
  }
  const wrong = tryPin(session, pin, right);
  session.isOpen = wrong === OK;
  if (wrong === OK) {
    reply.done([]);
    return;
  }
  const pauseS = pauseAfter(wrong);
  session.pinFromS = tracker.clock.uptimeS() + pauseS;
  session.journal.fault(PIN_WRONG, wrong, tracker.clock.uptimeS());
  reply.fail(PIN_WRONG, '', ['waitS', pauseS]);
}
