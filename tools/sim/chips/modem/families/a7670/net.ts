import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import { accepted } from '../../commands/command.ts';
import { dataApn } from '../../commands/contexts.ts';
import type { Running } from '../../running.ts';

const NETWORK_FAILURE = 1;

/** The packet service: NETOPEN and what belongs to it. */
export const netCommands: CommandTable = {
  '+CIPMODE': { write: accepted },
  '+CIPSENDMODE': { write: accepted },
  '+CIPCCFG': { write: accepted },
  '+CIPTIMEOUT': { write: accepted },
  '+NETOPEN': {
    read: (modem, call) => call.ok(`+NETOPEN: ${modem.pdp.active ? 1 : 0}`),
    run: (modem, call) => open(modem, call),
  },
  '+NETCLOSE': {
    run: (modem, call) => {
      if (!modem.pdp.wanted) {
        call.print('+NETCLOSE: 2');
        throw new Refusal();
      }
      call.ok();
      modem.pdp.deactivate(() => modem.urc('+NETCLOSE: 0'));
    },
  },
  '+IPADDR': {
    run: (modem, call) => {
      if (!modem.pdp.active) {
        call.print('+IP ERROR: Network not opened');
        throw new Refusal();
      }
      call.ok(`+IPADDR: ${modem.pdp.address}`);
    },
  },
};

function open(modem: Running, call: Call): void {
  if (modem.pdp.wanted) {
    call.print('+IP ERROR: Network is already opened');
    throw new Refusal();
  }
  if (!modem.registration.camping) throw new Refusal();
  const apn = dataApn(modem);
  // Both have been seen for a refusal: at once, and as a result.
  if (modem.pdp.refuses(apn) && modem.random.int(0, 1) === 0) throw new Refusal();
  call.ok();
  const failed = (): void => modem.urc(`+NETOPEN: ${NETWORK_FAILURE}`);
  modem.pdp.activate(apn, (active) => (active ? modem.urc('+NETOPEN: 0') : failed()), failed);
}
