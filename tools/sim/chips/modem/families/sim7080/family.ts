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
import { grantedPsmCommands } from './psm.ts';
import { tlsCommands } from './tls.ts';

const bands: Bands = {
  'CAT-M': [1, 2, 3, 4, 5, 8, 12, 13, 14, 18, 19, 20, 25, 26, 27, 28, 66, 85],
  'NB-IOT': [1, 2, 3, 4, 5, 8, 12, 13, 18, 19, 20, 25, 26, 28, 66, 71, 85],
};

const allDomains = ['CREG', 'CGREG', 'CEREG'] as const;

/** SIMCom SIM7080G: LTE-M and NB-IoT; GNSS and data take turns. */
export const sim7080: Family = {
  name: 'sim7080',
  maker: 'SIMCOM INCORPORATED',
  firmware: [{ revision: '1951B17SIM7080', model: 'SIMCOM_SIM7080' }],
  imeiPrefix: '86601604',
  power: { pressOnUs: S, pressOffUs: 1200 * MS, offUs: [600 * MS, 5 * S] },
  boot: {
    readyUs: [2 * S, 5 * S],
    ready: ['RDY'],
    next: '+CFUN: 1',
    simReady: [],
    done: ['SMS Ready'],
  },
  profile: { echo: true, cmee: 0, ipr: 0, networkTime: false, timeReport: 0 },
  clock: { start: '1980', shows: 'local' },
  search: (flash) => search(flash, false),
  accessCodes: { GSM: 0, LTE: 7, 'LTE-M': 7, 'NB-IoT': 9 },
  domains: { GSM: allDomains, LTE: allDomains, 'LTE-M': allDomains, 'NB-IoT': allDomains },
  registrationModes: { CREG: [0, 1, 2], CGREG: [0, 1, 2, 4], CEREG: [0, 1, 2, 4] },
  psmAfterReboot: false,
  words: {
    dataWaits,
    closed,
    // The maker's notes show both forms.
    pdpLost: (random) => `+APP PDP: ${random.int(0, 7) === 0 ? '' : '0,'}DEACTIVE`,
    networkTime,
    poweredDown: 'NORMAL POWER DOWN',
  },
  openResults,
  maxSend: 1460,
  maxReceive: 1460,
  overReadFreezes: false,
  exclusiveRadio: true,
  commands: {
    ...commonCommands,
    ...powerSavingCommands,
    ...simcomNtpCommands(1),
    ...grantedPsmCommands,
    ...preferenceCommands(bands),
    ...systemCommands(bands),
    '+CCID': iccidCommand((iccid) => iccid),
    ...pdpCommands,
    ...fileCommands,
    ...tlsCommands,
    ...socketCommands,
    ...gnssCommands(18, (fix) => [
      stamp(fix.utcMs),
      ...position(fix),
      ...motion(fix),
      String(fix.satellites),
      '',
      ...accuracy(fix),
    ]),
  },
};
