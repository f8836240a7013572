import { type Call, Refusal } from '../call.ts';
import { type BandedTechnology, supportedBands } from '../flash.ts';
import { accessCodes, type Camping, type RegistrationDomain } from '../registration.ts';
import type { Running } from '../running.ts';
import { between, MS, S } from '../scope.ts';
import type { Command, CommandTable } from './command.ts';

const UNKNOWN_SIGNAL = 99;
const systemNames = { GSM: 'GSM', 'LTE-M': 'LTE CAT-M1', 'NB-IoT': 'LTE NB-IOT' } as const;

export const networkCommands: CommandTable = {
  '+CNMP': {
    read: (modem, call) => call.ok(`+CNMP: ${modem.flash.cnmp}`),
    write: (modem, call) => {
      call.count(1);
      const mode = call.int(0, 0, 99);
      if (![2, 13, 38, 51].includes(mode)) throw new Refusal();
      modem.flash.cnmp = mode;
      modem.registration.reselect();
      call.ok();
    },
  },
  '+CMNB': {
    read: (modem, call) => call.ok(`+CMNB: ${modem.flash.cmnb}`),
    write: (modem, call) => {
      call.count(1);
      modem.flash.cmnb = call.int(0, 1, 3);
      modem.registration.reselect();
      call.ok();
    },
  },
  '+CBANDCFG': {
    read: (modem, call) => {
      const { bands } = modem.flash;
      call.ok(`+CBANDCFG: "CAT-M",${bands['CAT-M']}`, `+CBANDCFG: "NB-IOT",${bands['NB-IOT']}`);
    },
    write: (modem, call) => setBands(modem, call),
  },
  '+CSQ': { run: (modem, call) => call.ok(`+CSQ: ${signal(modem.registration.camping)},99`) },
  '+CPSI': { read: (modem, call) => call.ok(`+CPSI: ${systemInformation(modem)}`) },
  '+CREG': registrationCommand('CREG', [0, 1, 2]),
  '+CGREG': registrationCommand('CGREG', [0, 1, 2, 4]),
  '+CEREG': registrationCommand('CEREG', [0, 1, 2, 4]),
  '+COPS': {
    read: (modem, call) => {
      const mode = modem.detached ? 2 : 0;
      const camping = modem.registration.camping;
      const operator = camping
        ? `,0,"${camping.cell.mcc} ${camping.cell.mnc}",${accessCodes[camping.technology]}`
        : '';
      call.ok(`+COPS: ${mode}${operator}`);
    },
    write: (modem, call) => {
      call.count(1);
      const mode = call.int(0, 0, 2);
      if (mode === 1) throw new Refusal();
      attach(modem, call, mode === 0);
    },
  },
  '+CGATT': {
    read: (modem, call) => call.ok(`+CGATT: ${modem.registration.camping ? 1 : 0}`),
    write: (modem, call) => {
      call.count(1);
      attach(modem, call, call.int(0, 0, 1) === 1);
    },
  },
};

function registrationCommand(domain: RegistrationDomain, modes: readonly number[]): Command {
  return {
    read: (modem, call) => call.ok(modem.registration.report(domain)),
    write: (modem, call) => {
      call.count(1);
      const mode = call.int(0, 0, 9);
      if (!modes.includes(mode)) throw new Refusal();
      modem.registration.setMode(domain, mode);
      call.ok();
    },
  };
}

function attach(modem: Running, call: Call, wanted: boolean): void {
  modem.scope.after(between(modem.random, 100 * MS, 3 * S), () => {
    modem.detached = !wanted;
    modem.updateRadio();
    call.ok();
  });
}

function setBands(modem: Running, call: Call): void {
  call.count(2, 32);
  const technology = call.text(0).toUpperCase();
  if (!isBanded(technology)) throw new Refusal();
  const bands = call.line.args.slice(1).map((_, index) => call.int(index + 1, 1, 255));
  if (bands.some((band) => !supportedBands[technology].includes(band))) throw new Refusal();
  modem.flash.bands[technology] = bands;
  call.ok();
}

function isBanded(text: string): text is BandedTechnology {
  return text in supportedBands;
}

/** CSQ's scale: -113 dBm and 2 dB a step. */
function signal(camping: Camping | undefined): number {
  if (!camping) return UNKNOWN_SIGNAL;
  return Math.max(0, Math.min(31, Math.round((camping.cell.rssiDbm + 113) / 2)));
}

function systemInformation(modem: Running): string {
  if (modem.functionality === 0) return 'NO SERVICE,Power Off Mode';
  if (modem.functionality === 4) return 'NO SERVICE,Flight Mode';
  const camping = modem.registration.camping;
  if (!camping) return 'NO SERVICE,Online';
  const { technology, cell } = camping;
  const place = `${cell.mcc}-${cell.mnc},0x${cell.tac.toString(16).toUpperCase().padStart(4, '0')}`;
  const channel = `${cell.cellId},${cell.cellId % 504},EUTRAN-BAND${modem.flash.bands['CAT-M'][0]},1300,5,5`;
  const quality = `-11,${Math.round(cell.rssiDbm - 17)},${Math.round(cell.rssiDbm)},12`;
  return `${systemNames[technology]},Online,${place},${channel},${quality}`;
}
