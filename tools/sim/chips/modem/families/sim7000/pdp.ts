import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Running } from '../../running.ts';
import { between, MS } from '../../scope.ts';
import { refusesAtOnce } from '../sim70xx/words.ts';

/** AT+CNACT=<mode>,<apn>: 0 down, 1 up. */
export const pdpCommands: CommandTable = {
  '+CNACT': {
    read: (modem, call) => call.ok(`+CNACT: ${modem.pdp.active ? 1 : 0},"${modem.pdp.address}"`),
    write: (modem, call) => {
      if (call.int(0, 0, 1) === 1) activate(modem, call, call.text(1));
      else deactivate(modem, call);
    },
  },
};

function activate(modem: Running, call: Call, apn: string): void {
  call.count(2);
  if (modem.pdp.wanted || !modem.registration.camping) throw new Refusal('operation not allowed');
  modem.scope.after(between(modem.random, 20 * MS, 300 * MS), () => {
    if (!modem.registration.camping) {
      call.refuse('operation not allowed');
      return;
    }
    if (modem.pdp.refuses(apn) && refusesAtOnce(modem.random)) {
      call.refuse('requested service option not subscribed');
      return;
    }
    call.ok();
    modem.pdp.activate(apn, (active) => modem.urc(active ? '+APP PDP: ACTIVE' : '+APP PDP: DEACTIVE'));
  });
}

function deactivate(modem: Running, call: Call): void {
  call.count(1);
  if (!modem.pdp.wanted) throw new Refusal('operation not allowed');
  call.ok();
  modem.pdp.deactivate(() => modem.urc('+APP PDP: DEACTIVE'));
}
