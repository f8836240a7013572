import { iccidCommand } from '../../commands/basic.ts';
import { networkTime, networkTimeCommands } from '../../commands/network-time.ts';
import { powerSavingCommands } from '../../commands/power-saving.ts';
import { commonCommands } from '../../commands/table.ts';
import type { Family } from '../../family.ts';
import { MS, S } from '../../scope.ts';
import { fileCommands } from './files.ts';
import { gnssCommands } from './gnss.ts';
import { pdpCommands } from './pdp.ts';
import { scanCommands, search } from './scan.ts';
import { socketCommands } from './socket.ts';
import { systemCommands } from './system.ts';
import { tlsCommands } from './tls.ts';

const lteDomains = ['CREG', 'CEREG'] as const;
const urc = (tls: boolean): string => (tls ? '+QSSLURC' : '+QIURC');

/** Quectel BG95 and BG96: LTE-M, NB-IoT and GSM; GNSS and data take turns. */
export const bg9x: Family = {
  name: 'bg9x',
  maker: 'Quectel',
  firmware: [
    { revision: 'BG95M3LAR02A03_01.006.01.006', model: 'BG95-M3' },
    { revision: 'BG96MAR02A07M1G', model: 'BG96', readyUs: [4500 * MS, 4900 * MS] },
  ],
  imeiPrefix: '86642503',
  power: { pressOnUs: 500 * MS, pressOffUs: 650 * MS, offUs: [S, 5 * S] },
  boot: {
    readyUs: [2100 * MS, 2500 * MS],
    ready: ['RDY'],
    next: 'APP RDY',
    simReady: ['+QUSIM: 1'],
    done: ['+QIND: SMS DONE'],
  },
  profile: { echo: true, cmee: 1, ipr: 115200, networkTime: false, timeReport: 0 },
  clock: { start: '1980', shows: 'utc' },
  search,
  accessCodes: { GSM: 0, LTE: 7, 'LTE-M': 8, 'NB-IoT': 9 },
  domains: { GSM: ['CREG', 'CGREG'], LTE: lteDomains, 'LTE-M': lteDomains, 'NB-IoT': lteDomains },
  registrationModes: { CREG: [0, 1, 2], CGREG: [0, 1, 2, 4], CEREG: [0, 1, 2, 4] },
  psmAfterReboot: false,
  words: {
    dataWaits: (tls) => `${urc(tls)}: "recv",0`,
    closed: (tls) => `${urc(tls)}: "closed",0`,
    pdpLost: () => '+QIURC: "pdpdeact",1',
    networkTime,
    poweredDown: 'POWERED DOWN',
  },
  // A certificate's fault has no number of its own.
  openResults: {
    dns: 565,
    refused: 566,
    'tls-name': 566,
    'tls-certificate': 566,
    'tls-expired': 566,
    timeout: 569,
    lost: 570,
  },
  maxSend: 1460,
  maxReceive: 1500,
  overReadFreezes: false,
  exclusiveRadio: true,
  commands: {
    ...commonCommands,
    ...powerSavingCommands,
    ...networkTimeCommands,
    ...systemCommands,
    ...scanCommands,
    '+QCCID': iccidCommand((iccid) => `+QCCID: ${iccid}`),
    ...pdpCommands,
    ...fileCommands,
    ...tlsCommands,
    ...socketCommands,
    ...gnssCommands,
  },
};
