import { type Call, Refusal } from '../call.ts';
import type { Running } from '../running.ts';
import type { CommandTable } from './command.ts';

const DEFAULT_TAU = '01011111';
const DEFAULT_ACTIVE = '00000001';

/** PSM and eDRX: what is asked for, and what of it the network grants. */
export const powerSavingCommands: CommandTable = {
  '+CPSMS': {
    read: (modem, call) => {
      const { psm } = modem.flash;
      call.ok(psm ? `+CPSMS: 1,,,"${psm.tau}","${psm.active}"` : '+CPSMS: 0');
    },
    write: (modem, call) => requestPsm(modem, call),
  },
  '+CEDRXS': {
    read: (modem, call) => {
      call.ok(...[...modem.flash.edrx].map(([type, value]) => `+CEDRXS: ${type},"${value}"`));
    },
    write: (modem, call) => requestEdrx(modem, call),
  },
  '+CEDRXRDP': {
    run: (modem, call) => {
      const { edrx } = modem.powerSaving;
      call.ok(edrx ? `+CEDRXRDP: ${edrx.type},"${edrx.value}","${edrx.value}","0011"` : '+CEDRXRDP: 0');
    },
  },
};

function requestPsm(modem: Running, call: Call): void {
  call.count(1, 5);
  const on = call.int(0, 0, 1) === 1;
  const tau = bits(call, 3, DEFAULT_TAU, 8);
  const active = bits(call, 4, DEFAULT_ACTIVE, 8);
  modem.powerSaving.requestPsm(on ? { tau, active } : undefined);
  call.ok();
}

function requestEdrx(modem: Running, call: Call): void {
  call.count(1, 3);
  const mode = call.int(0, 0, 3);
  const type = call.int(1, 4, 5, mode === 3 ? 4 : undefined);
  const value = bits(call, 2, '0010', 4);
  if (mode === 1 || mode === 2) modem.flash.edrx.set(type, value);
  else modem.flash.edrx.delete(type);
  call.ok();
}

function bits(call: Call, index: number, absent: string, length: number): string {
  const text = call.word(index) ?? absent;
  if (text.length !== length || !/^[01]+$/.test(text)) throw new Refusal();
  return text;
}
