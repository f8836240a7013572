import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Running } from '../../running.ts';
import { between, MS } from '../../scope.ts';
import { stateOf } from '../../state-of.ts';
import { refusesAtOnce } from '../sim70xx/words.ts';

const PDP_CONTEXTS = 4;

/** CNCFG, lost at power-off. The modem has four contexts to configure; the model activates the first. */
const apns = stateOf((_modem: Running) => Array.from({ length: PDP_CONTEXTS }, () => ''));

export const pdpCommands: CommandTable = {
  '+CNCFG': {
    read: (modem, call) => call.ok(...apns(modem).map((apn, index) => `+CNCFG: ${index},1,"${apn}","","",0`)),
    write: (modem, call) => {
      call.count(3, 6);
      const index = call.int(0, 0, PDP_CONTEXTS - 1);
      call.int(1, 0, 4);
      const apn = call.text(2);
      if (modem.pdp.wanted) throw new Refusal('operation not allowed');
      apns(modem)[index] = apn;
      call.ok();
    },
  },
  '+CNACT': {
    read: (modem, call) => {
      const state = modem.pdp.active ? 1 : modem.pdp.wanted ? 2 : 0;
      const others = Array.from(
        { length: PDP_CONTEXTS - 1 },
        (_, index) => `+CNACT: ${index + 1},0,"0.0.0.0"`,
      );
      call.ok(`+CNACT: 0,${state},"${modem.pdp.address}"`, ...others);
    },
    write: (modem, call) => {
      call.count(2);
      call.int(0, 0, 0);
      if (call.int(1, 0, 1) === 1) activate(modem, call);
      else deactivate(modem, call);
    },
  },
};

function activate(modem: Running, call: Call): void {
  if (modem.gnss.on || modem.pdp.wanted) throw new Refusal('operation not allowed');
  if (!modem.registration.camping) throw new Refusal('operation not allowed');
  modem.scope.after(between(modem.random, 20 * MS, 300 * MS), () => {
    const apn = apns(modem)[0] ?? '';
    if (!modem.registration.camping) {
      call.refuse('operation not allowed');
      return;
    }
    if (modem.pdp.refuses(apn) && refusesAtOnce(modem.random)) {
      call.refuse('requested service option not subscribed');
      return;
    }
    call.ok();
    modem.pdp.activate(apn, (active) => modem.urc(active ? '+APP PDP: 0,ACTIVE' : '+APP PDP: 0,DEACTIVE'));
  });
}

function deactivate(modem: Running, call: Call): void {
  if (!modem.pdp.wanted) throw new Refusal('operation not allowed');
  call.ok();
  modem.pdp.deactivate(() => modem.urc(modem.family.words.pdpLost(modem.random)));
}
