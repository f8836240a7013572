import { Refusal } from '../call.ts';
import { accepted, type CommandTable } from './command.ts';

export const gnssCommands: CommandTable = {
  '+CGNSPWR': {
    read: (modem, call) => call.ok(`+CGNSPWR: ${modem.gnss.on ? 1 : 0}`),
    write: (modem, call) => {
      call.count(1);
      if (call.int(0, 0, 1) === 0) modem.gnss.stop();
      else if (modem.pdp.wanted) throw new Refusal('operation not allowed');
      else modem.gnss.start();
      call.ok();
    },
  },
  '+CGNSINF': { run: (modem, call) => call.ok(`+CGNSINF: ${modem.gnss.report()}`) },
  '+CGNSMOD': {
    write: (modem, call) => {
      call.count(5);
      for (let index = 0; index < 5; index++) call.int(index, 0, 1);
      accepted(modem, call);
    },
  },
  '+CGNSCOLD': {
    run: (modem, call) => {
      modem.gnss.forget();
      call.ok();
    },
  },
  '+CGNSWARM': { run: accepted },
  '+CGNSHOT': { run: accepted },
};
