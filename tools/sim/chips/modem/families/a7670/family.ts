import { iccidCommand } from '../../commands/basic.ts';
import { networkTime, networkTimeCommands } from '../../commands/network-time.ts';
import { simcomNtpCommands } from '../../commands/ntp.ts';
import { commonCommands } from '../../commands/table.ts';
import type { Family } from '../../family.ts';
import { MS, S } from '../../scope.ts';
import { gnssCommands } from './gnss.ts';
import { netCommands } from './net.ts';

import { socketCommands } from './socket.ts';
import { search, systemCommands } from './system.ts';
import { tlsCommands } from './tls.ts';

const withoutGnss = Object.keys(gnssCommands);
const lteDomains = ['CREG', 'CGREG', 'CEREG'] as const;

/** SIMCom A7670 with LTE Cat-1 and GSM; GNSS, where it has one, is a part of its own. */
export const a7670: Family = {
  name: 'a7670',
  maker: 'SIMCOM INCORPORATED',
  firmware: [
    { revision: '+CGMR: A011B07A7670M7_F', model: 'A7670E-FASE' },
    { revision: '+CGMR: A011B09A7670M7_F', model: 'A7670E-FASE' },
    { revision: '+CGMR: A124B01A7670M7', model: 'A7670G-LLSE' },
    { revision: '+CGMR: 23110B01A7670M4A', model: 'A7670E-LNXY', lacks: withoutGnss },
  ],
  imeiPrefix: '86323508',
  power: { pressOnUs: 50 * MS, pressOffUs: 2500 * MS, offUs: [S, 4 * S] },
  boot: {
    readyUs: [5 * S, 9 * S],
    ready: ['*ATREADY: 1'],
    next: undefined,
    simReady: [],
    done: ['SMS DONE', 'PB DONE'],
  },
  profile: { echo: true, cmee: 1, ipr: 115200, networkTime: false, timeReport: 0 },
  clock: { start: '1970', shows: 'local' },
  search,
  accessCodes: { GSM: 0, LTE: 7, 'LTE-M': 7, 'NB-IoT': 9 },
  domains: { GSM: ['CREG', 'CGREG'], LTE: lteDomains, 'LTE-M': lteDomains, 'NB-IoT': lteDomains },
  registrationModes: { CREG: [0, 1, 2], CGREG: [0, 1, 2], CEREG: [0, 1, 2] },
  psmAfterReboot: false,
  words: {
    dataWaits: () => '+CCHEVENT: 0,RECV EVENT',
    closed: () => '+CCH_PEER_CLOSED: 0',
    pdpLost: () => '+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY',
    networkTime,
    poweredDown: undefined,
  },
  openResults: {
    timeout: 5,
    lost: 9,
    dns: 13,
    refused: 14,
    'tls-name': 15,
    'tls-certificate': 15,
    'tls-expired': 15,
  },
  maxSend: 2048,
  maxReceive: 2048,
  overReadFreezes: false,
  exclusiveRadio: false,
  commands: {
    ...commonCommands,
    ...systemCommands,
    ...networkTimeCommands,
    ...simcomNtpCommands(0),
    '+CICCID': iccidCommand((iccid) => `+ICCID: ${iccid}`),
    ...netCommands,
    ...tlsCommands,
    ...socketCommands,
    ...gnssCommands,
  },
};
