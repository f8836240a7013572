import type { RadioTechnology } from '../../../radio.ts';
import { type Call, Refusal } from '../../call.ts';
import { slashed } from '../../clock.ts';
import type { CommandTable } from '../../commands/command.ts';
import { askTimeServer } from '../../commands/ntp.ts';
import { activeSeconds, tauSeconds } from '../../power-saving.ts';
import { networkOf } from '../../registration.ts';
import type { Running } from '../../running.ts';
import { between, MS, S } from '../../scope.ts';
import { percent } from '../sim70xx/system.ts';

const QUARTER_MS = 15 * 60_000;
const NTP_FAILED = 569;
const systemNames: Record<RadioTechnology, string> = {
  GSM: 'EDGE',
  LTE: 'FDD LTE',
  'LTE-M': 'CAT-M1',
  'NB-IoT': 'CAT-NB1',
};

/** Power, time and what the network says about itself. */
export const systemCommands: CommandTable = {
  '+QPOWD': {
    run: (modem, call) => powerDown(modem, call),
    write: (modem, call) => {
      call.count(1);
      call.int(0, 0, 1);
      powerDown(modem, call);
    },
  },
  '+QLTS': {
    run: (modem, call) => tellTime(modem, call, 0),
    write: (modem, call) => tellTime(modem, call, call.int(0, 0, 2)),
  },
  '+QNTP': {
    write: (modem, call) => {
      call.count(2, 4);
      call.int(0, 1, 1);
      call.text(1);
      call.ok();
      askTimeServer(modem, (answered) => {
        const result = answered ? `0,"${modem.clock.format()}"` : String(NTP_FAILED);
        modem.urc(`+QNTP: ${result}`);
      });
    },
  },
  '+QNWINFO': {
    run: (modem, call) => {
      const camping = modem.registration.camping;
      if (!camping) call.ok('+QNWINFO: No Service');
      else
        call.ok(
          `+QNWINFO: "${systemNames[camping.technology]}","${networkOf(camping.cell)}","LTE BAND 20",6300`,
        );
    },
  },
  '+CESQ': {
    run: (modem, call) => {
      const camping = modem.registration.camping;
      if (!camping) call.ok('+CESQ: 99,99,255,255,255,255');
      else if (camping.technology === 'GSM')
        call.ok(`+CESQ: ${rxLevel(camping.cell.rssiDbm)},99,255,255,255,255`);
      else call.ok(`+CESQ: 99,99,255,255,18,${rsrp(camping.cell.rssiDbm)}`);
    },
  },
  '+CBC': {
    run: (modem, call) => {
      const millivolts = modem.batteryMillivolts;
      if (millivolts === undefined) throw new Refusal();
      call.ok(`+CBC: 0,${percent(millivolts)},${millivolts}`);
    },
  },
  '+QPSMS': {
    read: (modem, call) => {
      if (!modem.powerSaving.psmRequested) {
        call.ok('+QPSMS: 0,,,"0","0"');
        return;
      }
      const { tau, active } = modem.powerSaving.granted;
      call.ok(`+QPSMS: 1,,,"${tauSeconds(tau)}","${activeSeconds(active)}"`);
    },
  },
};

function powerDown(modem: Running, call: Call): void {
  call.ok();
  modem.shutDown(between(modem.random, 500 * MS, 5 * S));
}

/** 0 and 1: UTC, at the last report or now; 2: local time now. Empty where the network has told nothing. */
function tellTime(modem: Running, call: Call, mode: number): void {
  const moment = modem.networkTime.moment;
  if (!moment) {
    call.ok('+QLTS: ""');
    return;
  }
  const { utcMs, quarters } = moment;
  const zone = `${quarters < 0 ? '-' : '+'}${String(Math.abs(quarters)).padStart(2, '0')}`;
  call.ok(`+QLTS: "${slashed(mode === 2 ? utcMs + quarters * QUARTER_MS : utcMs)}${zone},0"`);
}

/** 3GPP TS 27.007 8.69: RSRP from -140 dBm, taken as 17 dB below the whole band's signal. */
function rsrp(rssiDbm: number): number {
  return Math.max(0, Math.min(97, Math.round(rssiDbm - 17 + 141)));
}

function rxLevel(rssiDbm: number): number {
  return Math.max(0, Math.min(63, Math.round(rssiDbm + 111)));
}
