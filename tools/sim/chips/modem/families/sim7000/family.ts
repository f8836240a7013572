import { iccidCommand } from '../../commands/basic.ts';
import { simcomNtpCommands } from '../../commands/ntp.ts';
import { powerSavingCommands } from '../../commands/power-saving.ts';
import { commonCommands } from '../../commands/table.ts';
import type { Family } from '../../family.ts';
import { MS, S } from '../../scope.ts';
import { fileCommands } from '../sim70xx/files.ts';
import { accuracy, gnssCommands, motion, position, stamp } from '../sim70xx/gnss.ts';
import { type Bands, preferenceCommands, search } from '../sim70xx/preferences.ts';
import { socketCommands } from '../sim70xx/socket.ts';
import { systemCommands } from '../sim70xx/system.ts';
import { closed, dataWaits, networkTime, openResults } from '../sim70xx/words.ts';
import { pdpCommands } from './pdp.ts';
import { tlsCommands } from './tls.ts';

const bands: Bands = {
  'CAT-M': [1, 2, 3, 4, 5, 8, 12, 13, 18, 19, 20, 26, 28, 39],
  'NB-IOT': [1, 2, 3, 4, 5, 8, 12, 13, 17, 18, 19, 20, 26, 28],
};

const MODEL = 'SIMCOM_SIM7000G';
/** What the oldest software does not have. */
const sockets = ['+CACID', '+CAOPEN', '+CASEND', '+CARECV', '+CASTATE', '+CACLOSE', '+CASSLCFG'];

const lteDomains = ['CREG', 'CEREG'] as const;

/** SIMCom SIM7000G: LTE-M, NB-IoT and GSM. */
export const sim7000: Family = {
  name: 'sim7000',
  maker: 'SIMCOM INCORPORATED',
  firmware: [
    { revision: 'Revision:1529B11SIM7000G', model: MODEL },
    { revision: 'Revision:1529B10SIM7000G', model: MODEL },
    { revision: 'Revision:1529B08SIM7000G', model: MODEL, tlsBroken: true },
    { revision: 'Revision:1351B03SIM7000G', model: MODEL, lacks: sockets },
  ],
  imeiPrefix: '86947203',
  power: { pressOnUs: S, pressOffUs: 1200 * MS, offUs: [1800 * MS, 6900 * MS] },
  boot: {
    readyUs: [4500 * MS, 6500 * MS],
    ready: ['RDY'],
    next: '+CFUN: 1',
    simReady: [],
    done: ['SMS Ready'],
  },
  profile: { echo: true, cmee: 0, ipr: 0, networkTime: false, timeReport: 0 },
  clock: { start: '1980', shows: 'local' },
  search: (flash) => search(flash, true),
  accessCodes: { GSM: 0, LTE: 7, 'LTE-M': 7, 'NB-IoT': 9 },
  domains: { GSM: ['CREG', 'CGREG'], LTE: lteDomains, 'LTE-M': lteDomains, 'NB-IoT': lteDomains },
  registrationModes: { CREG: [0, 1, 2], CGREG: [0, 1, 2], CEREG: [0, 1, 2, 4] },
  psmAfterReboot: true,
  words: {
    dataWaits,
    closed,
    pdpLost: () => '+APP PDP: DEACTIVE',
    networkTime,
    poweredDown: 'NORMAL POWER DOWN',
  },
  openResults,
  maxSend: 1460,
  maxReceive: 1460,
  overReadFreezes: true,
  exclusiveRadio: false,
  commands: {
    ...commonCommands,
    ...powerSavingCommands,
    ...simcomNtpCommands(1),
    ...preferenceCommands(bands),
    ...systemCommands(bands),
    // Twenty places, the last one filled up.
    '+CCID': iccidCommand((iccid) => iccid.padEnd(20, 'f')),
    ...pdpCommands,
    ...fileCommands,
    ...tlsCommands,
    ...socketCommands,
    ...gnssCommands(21, (fix) => [
      stamp(fix.utcMs),
      ...position(fix),
      ...motion(fix),
      // In view, used of GPS, used of GLONASS, reserved, C/N0.
      String(fix.satellites + 3),
      String(fix.satellites),
      '',
      '',
      '38',
      ...accuracy(fix),
    ]),
  },
};
