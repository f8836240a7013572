import {
  ARGUMENT_REFUSED,
  COMMAND_STOPPED,
  GNSS_BUSY,
  GNSS_IMPLAUSIBLE,
  GNSS_NO_FIX,
  GNSS_SILENT,
} from '../../hal/faults.ts';
import type { Reply } from './reply.ts';
import { type Arguments, numberOf, type Session } from './session.ts';

const SEARCH_S = 120;

/** `gnss`: a position, which goes into no record. */
export function gnssCommand(session: Session, args: Arguments, reply: Reply): void {
  const limitS = numberOf(args, 'limitS', 10, 300, SEARCH_S);
  if (!(limitS > 0)) {
    reply.fail(ARGUMENT_REFUSED, 'limitS', []);
    return;
  }
  const receiver = session.tracker.gnss;
  session.usesRadio = true;
  session.stop = () => {
    receiver.release(() => {});
  };
  reply.say(`searching, at most ${limitS} s; Ctrl-C stops`);
  receiver.locate(limitS, (failure, fix) => {
    receiver.release(() => {
      if (fix !== null) {
        reply.done(['latE5', fix.latE5, 'lonE5', fix.lonE5, 'satellites', fix.satellites, 'utcS', fix.utcS]);
        return;
      }
      let fault = GNSS_NO_FIX;
      if (session.isStopped) fault = COMMAND_STOPPED;
      else if (failure === 'busy') fault = GNSS_BUSY;
      else if (failure === 'silent') fault = GNSS_SILENT;
      else if (failure === 'implausible') fault = GNSS_IMPLAUSIBLE;
      reply.fail(fault, '', []);
    });
  });
}
