import { type Call, Refusal } from '../call.ts';
import type { Running } from '../running.ts';
import { requireOpenSim } from './basic.ts';
import type { CommandTable } from './command.ts';

/** EF_FPLMN on the SIM, 3GPP TS 31.102 4.2.16: three bytes a network, FF where there is none. */
const FORBIDDEN_NETWORKS = 28539;
const LENGTH = 12;
const READ_BINARY = 176;
const UPDATE_BINARY = 214;
/** SW1 144: the command has been carried out; 106, 130: no such file. */
const DONE = '+CRSM: 144,0';
const NO_FILE = '+CRSM: 106,130,""';

/** AT+CRSM for the one file that matters here: the networks that have refused this SIM. */
export const forbiddenNetworkCommands: CommandTable = {
  '+CRSM': { write: (modem, call) => access(modem, call) },
};

function access(modem: Running, call: Call): void {
  call.count(2, 6);
  const command = call.int(0, 0, 255);
  const file = call.int(1, 0, 65535);
  requireOpenSim(modem);
  if (file !== FORBIDDEN_NETWORKS) {
    call.ok(NO_FILE);
    return;
  }
  call.int(2, 0, 0, 0);
  call.int(3, 0, 0, 0);
  call.int(4, 0, LENGTH, LENGTH);
  if (command === READ_BINARY) {
    const bytes = modem.sim.forbidden
      .map(encode)
      .join('')
      .padEnd(2 * LENGTH, 'F');
    call.ok(`${DONE},"${bytes}"`);
  } else if (command === UPDATE_BINARY) {
    const bytes = call.text(5).toUpperCase();
    if (!/^[\dA-F]{24}$/.test(bytes)) throw new Refusal();
    modem.sim.forbidden = (bytes.match(/.{6}/g) ?? []).map(decode).filter((network) => network !== undefined);
    call.ok(`${DONE},""`);
  } else {
    throw new Refusal();
  }
}

/** 26201 is 62F210, 310260 is 130062: digits swapped in pairs, the third of the MNC beside the third of the MCC. */
function encode(network: string): string {
  const [a, b, c, d, e, f = 'F'] = network;
  return `${b}${a}${f}${c}${e}${d}`;
}

function decode(bytes: string): string | undefined {
  const [b, a, f, c, e, d] = bytes;
  const network = `${a}${b}${c}${d}${e}${f === 'F' ? '' : f}`;
  return /^\d+$/.test(network) ? network : undefined;
}
