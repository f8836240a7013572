import type { RadioTechnology } from '../../../radio.ts';
import { Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Running } from '../../running.ts';
import { between, MS, S } from '../../scope.ts';
import { type Bands, firstBand } from './preferences.ts';

const systemNames: Record<RadioTechnology, string> = {
  LTE: 'LTE',
  GSM: 'GSM',
  'LTE-M': 'LTE CAT-M1',
  'NB-IoT': 'LTE NB-IOT',
};

/** Li-ion from empty to full, for the percentage in CBC. */
const EMPTY_MV = 3400;
const FULL_MV = 4200;

/** Power, clock, GPIO and what the network says about itself, as both SIM70xx have it. */
export function systemCommands(bands: Bands): CommandTable {
  return {
    '+CPOWD': {
      write: (modem, call) => {
        call.count(1);
        call.int(0, 1, 1);
        call.silent();
        modem.shutDown(between(modem.random, 300 * MS, 2 * S));
      },
    },
    '+CLTS': {
      read: (modem, call) => call.ok(`+CLTS: ${modem.profile.networkTime ? 1 : 0}`),
      write: (modem, call) => {
        call.count(1);
        modem.profile.networkTime = call.int(0, 0, 1) === 1;
        call.ok();
      },
    },
    '+CPSI': { read: (modem, call) => call.ok(`+CPSI: ${systemInformation(modem, bands)}`) },
    '+CGNAPN': {
      run: (modem, call) => {
        const apn = modem.registration.camping ? (modem.apns?.[0] ?? 'internet') : '';
        call.ok(`+CGNAPN: ${apn === '' ? 0 : 1},"${apn}"`);
      },
    },
    '+CGPIO': {
      write: (modem, call) => {
        call.count(3, 4);
        call.int(0, 0, 0);
        const pin = call.int(1, 1, 63);
        const output = call.int(2, 0, 1) === 1;
        const high = call.int(3, 0, 1, 0) === 1;
        modem.gpio(pin, output && high);
        call.ok();
      },
    },
    '+CBC': {
      run: (modem, call) => {
        const millivolts = modem.batteryMillivolts;
        if (millivolts === undefined) throw new Refusal();
        call.ok(`+CBC: 0,${percent(millivolts)},${millivolts}`);
      },
    },
  };
}

export function percent(millivolts: number): number {
  const part = (millivolts - EMPTY_MV) / (FULL_MV - EMPTY_MV);
  return Math.round(100 * Math.max(0, Math.min(1, part)));
}

function systemInformation(modem: Running, bands: Bands): string {
  if (modem.functionality === 0) return 'NO SERVICE,Power Off Mode';
  if (modem.functionality === 4) return 'NO SERVICE,Flight Mode';
  const camping = modem.registration.camping;
  if (!camping) return 'NO SERVICE,Online';
  const { technology, cell } = camping;
  const place = `${cell.mcc}-${cell.mnc},0x${cell.tac.toString(16).toUpperCase().padStart(4, '0')}`;
  const head = `${systemNames[technology]},Online,${place},${cell.cellId}`;
  if (technology === 'GSM') return `${head},37 EGSM 900,${Math.round(cell.rssiDbm)},0,40-40`;
  const band = firstBand(modem.flash, technology === 'NB-IoT' ? 'NB-IOT' : 'CAT-M', bands);
  const quality = `-11,${Math.round(cell.rssiDbm - 17)},${Math.round(cell.rssiDbm)},12`;
  return `${head},${cell.cellId % 504},EUTRAN-BAND${band},1300,5,5,${quality}`;
}
