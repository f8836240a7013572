import type { RadioTechnology } from '../../../radio.ts';
import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import { dataApn } from '../../commands/contexts.ts';
import type { ModemFlash } from '../../flash.ts';
import type { Running } from '../../running.ts';
import { between, MS, S } from '../../scope.ts';
import { stateOf } from '../../state-of.ts';

const AUTOMATIC = 2;
const GSM_ONLY = 13;
const LTE_ONLY = 38;

/** CNMP, kept without power. */
const preference = stateOf((_flash: ModemFlash) => ({ mode: AUTOMATIC }));

export function search(flash: ModemFlash): readonly RadioTechnology[] {
  const { mode } = preference(flash);
  if (mode === GSM_ONLY) return ['GSM'];
  return mode === LTE_ONLY ? ['LTE'] : ['LTE', 'GSM'];
}

/** Power, clock, which radio, and what the network says about itself. */
export const systemCommands: CommandTable = {
  '+CPOF': {
    run: (modem, call) => {
      call.ok();
      modem.shutDown(between(modem.random, S, 3 * S));
    },
  },
  '+CNMP': {
    read: (modem, call) => call.ok(`+CNMP: ${preference(modem.flash).mode}`),
    write: (modem, call) => {
      call.count(1);
      const mode = call.int(0, 0, 99);
      if (![AUTOMATIC, GSM_ONLY, LTE_ONLY].includes(mode)) throw new Refusal();
      preference(modem.flash).mode = mode;
      modem.registration.reselect();
      call.ok();
    },
  },
  '+CPSI': { read: (modem, call) => call.ok(`+CPSI: ${systemInformation(modem)}`) },
  '+CBC': {
    run: (modem, call) => {
      const millivolts = modem.batteryMillivolts;
      if (millivolts === undefined) throw new Refusal();
      call.ok(`+CBC: ${(millivolts / 1000).toFixed(3)}V`);
    },
  },
  '+CGACT': {
    read: (modem, call) => call.ok(`+CGACT: 1,${modem.registration.camping ? 1 : 0}`),
    write: (modem, call) => activate(modem, call),
  },
};

/** The context of an LTE registration is there from the start; asking for it changes nothing. */
function activate(modem: Running, call: Call): void {
  call.count(1, 2);
  const up = call.int(0, 0, 1) === 1;
  call.int(1, 1, 15, 1);
  if (!modem.registration.camping) throw new Refusal('operation not allowed');
  if (up && modem.pdp.refuses(dataApn(modem))) throw new Refusal('requested service option not subscribed');
  modem.scope.after(between(modem.random, 50 * MS, S), () => call.ok());
}

function systemInformation(modem: Running): string {
  if (modem.functionality !== 1) return 'NO SERVICE,Offline';
  const camping = modem.registration.camping;
  if (!camping) return 'NO SERVICE,Online';
  const { technology, cell } = camping;
  const place = `${cell.mcc}-${cell.mnc},0x${cell.tac.toString(16).toUpperCase().padStart(4, '0')}`;
  const head = `${technology},Online,${place},${cell.cellId}`;
  return technology === 'GSM'
    ? `${head},37 EGSM 900,${Math.round(cell.rssiDbm)},0,40-40`
    : `${head},${cell.cellId % 504},EUTRAN-BAND3,1300,5,5,8,53,60,-4`;
}
