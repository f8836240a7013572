import type { Call } from '../call.ts';
import { Refusal } from '../call.ts';
import type { Camping, RegistrationDomain } from '../registration.ts';
import type { Running } from '../running.ts';
import { between, MS, S } from '../scope.ts';
import type { Command, CommandTable } from './command.ts';

const UNKNOWN_SIGNAL = 99;

export const networkCommands: CommandTable = {
  '+CSQ': { run: (modem, call) => call.ok(`+CSQ: ${signal(modem.registration.camping)},99`) },
  '+CREG': registrationCommand('CREG'),
  '+CGREG': registrationCommand('CGREG'),
  '+CEREG': registrationCommand('CEREG'),
  '+CGATT': {
    read: (modem, call) => call.ok(`+CGATT: ${modem.registration.camping ? 1 : 0}`),
    write: (modem, call) => {
      call.count(1);
      attach(modem, call, call.int(0, 0, 1) === 1);
    },
  },
};

function registrationCommand(domain: RegistrationDomain): Command {
  return {
    read: (modem, call) => call.ok(modem.registration.report(domain)),
    write: (modem, call) => {
      call.count(1);
      const mode = call.int(0, 0, 9);
      if (!modem.family.registrationModes[domain].includes(mode)) throw new Refusal();
      modem.registration.setMode(domain, mode);
      call.ok();
    },
  };
}

/** Leave the network, or go and look for one; answers before there is one. */
export function attach(modem: Running, call: Call, wanted: boolean): void {
  modem.scope.after(between(modem.random, 100 * MS, 3 * S), () => {
    modem.detached = !wanted;
    modem.updateRadio();
    call.ok();
  });
}

/** CSQ's scale: -113 dBm and 2 dB a step. */
export function signal(camping: Camping | undefined): number {
  if (!camping) return UNKNOWN_SIGNAL;
  return Math.max(0, Math.min(31, Math.round((camping.cell.rssiDbm + 113) / 2)));
}
