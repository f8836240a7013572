import { type Call, Refusal } from '../call.ts';
import { PDP_CONTEXTS } from '../pdp.ts';
import type { Running } from '../running.ts';
import { between, MS } from '../scope.ts';
import type { CommandTable } from './command.ts';

export const pdpCommands: CommandTable = {
  '+CNCFG': {
    read: (modem, call) =>
      call.ok(...modem.pdp.apns.map((apn, index) => `+CNCFG: ${index},1,"${apn}","","",0`)),
    write: (modem, call) => {
      call.count(3, 6);
      const index = call.int(0, 0, PDP_CONTEXTS - 1);
      call.int(1, 0, 4);
      const apn = call.text(2);
      if (modem.pdp.wanted) throw new Refusal('operation not allowed');
      modem.pdp.apns[index] = apn;
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
    if (!modem.registration.camping) {
      call.refuse('operation not allowed');
      return;
    }
    call.ok();
    modem.pdp.activate();
  });
}

function deactivate(modem: Running, call: Call): void {
  if (!modem.pdp.wanted) throw new Refusal('operation not allowed');
  call.ok();
  modem.pdp.deactivate();
}
