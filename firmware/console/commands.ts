/** Which command does what. Each folder of them is made when it is used, and takes no memory before and behind that. */
import { UNKNOWN_COMMAND } from '../../hal/faults.ts';
import { configCommand } from './config-commands.ts';
import { connectCommand } from './connect.ts';
import { gnssCommand } from './gnss.ts';
import { helpCommand } from './help.ts';
import { journalCommand } from './journal-commands.ts';
import { leaveCommand } from './leave.ts';
import { pinCommand } from './pin-commands.ts';
import type { Reply } from './reply.ts';
import { selfTest } from './selftest.ts';
import { sensorsCommand } from './sensors.ts';
import type { Arguments, Session } from './session.ts';
import { showConfig } from './show-config.ts';
import { statusCommand } from './status.ts';
import { tailCommand } from './tail.ts';
import { tripCommand } from './trip.ts';

export function runCommand(session: Session, name: string, args: Arguments, reply: Reply): void {
  switch (name) {
    case 'help':
      helpCommand(args, reply);
      return;
    case 'hello':
    case 'status':
      statusCommand(session, name, reply);
      return;
    case 'sensors':
      sensorsCommand(session, reply);
      return;
    case 'gnss':
      gnssCommand(session, args, reply);
      return;
    case 'modem':
      connectCommand(session, reply);
      return;
    case 'selftest':
      selfTest(session, args, reply);
      return;
    case 'config.get':
    case 'config.show':
    case 'config.diff':
    case 'trip.show':
      showConfig(session, name, args, reply);
      return;
    case 'config.set':
    case 'config.check':
    case 'config.save':
    case 'config.revert':
      configCommand(session, name, args, reply);
      return;
    case 'trip.start':
    case 'trip.stop':
      tripCommand(session, name, args, reply);
      return;
    case 'journal.info':
    case 'journal.page':
    case 'journal.read':
    case 'journal.dump':
      journalCommand(session, name, args, reply);
      return;
    case 'journal.tail':
    case 'events':
      tailCommand(session, name, args, reply);
      return;
    case 'unlock':
    case 'lock':
      pinCommand(session, name, args, reply);
      return;
    case 'reboot':
    case 'factory.reset':
    case 'repl':
    case 'exit':
      leaveCommand(session, name, args, reply);
      return;
    default:
      reply.fail(UNKNOWN_COMMAND, name, []);
  }
}
