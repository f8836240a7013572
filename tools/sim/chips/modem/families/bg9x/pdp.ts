import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import { dataApn } from '../../commands/contexts.ts';
import type { Running } from '../../running.ts';

/** The context that carries data. */
const CONTEXT = 1;

export const pdpCommands: CommandTable = {
  '+QICSGP': {
    write: (modem, call) => {
      call.count(1, 6);
      call.int(0, CONTEXT, 16);
      if (call.line.args.length === 1) {
        call.ok(`+QICSGP: 1,"${dataApn(modem)}","","",0`);
        return;
      }
      call.int(1, 1, 3);
      modem.flash.contexts.set(call.int(0, CONTEXT, 16), call.text(2));
      call.ok();
    },
  },
  '+QIACT': {
    read: (modem, call) => call.ok(...(modem.pdp.active ? [`+QIACT: 1,1,1,"${modem.pdp.address}"`] : [])),
    write: (modem, call) => activate(modem, call),
  },
  '+QIDEACT': {
    write: (modem, call) => {
      call.count(1);
      call.int(0, CONTEXT, CONTEXT);
      if (!modem.pdp.wanted) {
        call.ok();
        return;
      }
      modem.socket.close();
      modem.pdp.deactivate(() => call.ok());
    },
  },
};

/** Answers when the network has. */
function activate(modem: Running, call: Call): void {
  call.count(1);
  call.int(0, CONTEXT, CONTEXT);
  if (modem.pdp.wanted || modem.gnss.on || !modem.registration.camping) throw new Refusal();
  const refuse = (): void => call.refuse();
  modem.pdp.activate(dataApn(modem), (active) => (active ? call.ok() : refuse()), refuse);
}
