import { type Call, type CmeError, Refusal } from '../call.ts';
import type { Running } from '../running.ts';
import { between, MS, S } from '../scope.ts';
import type { SimState } from '../sim-card.ts';
import { accepted, type Command, type CommandTable } from './command.ts';

const simTrouble: Record<Exclude<SimState, 'READY'>, CmeError> = {
  busy: 'SIM busy',
  absent: 'SIM not inserted',
  'SIM PIN': 'SIM PIN required',
  'SIM PUK': 'SIM PUK required',
};

/** Refuses the command unless the SIM can be read. */
export function requireSim(modem: Running): void {
  const { state } = modem.sim;
  if (state === 'absent' || state === 'busy') throw new Refusal(simTrouble[state]);
}

/** Refuses the command unless the SIM is ready, its PIN given. */
export function requireOpenSim(modem: Running): void {
  const { state } = modem.sim;
  if (state !== 'READY') throw new Refusal(simTrouble[state]);
}

/** The SIM's number, in the family's own spelling. */
export function iccidCommand(spell: (iccid: string) => string): Command {
  return {
    run: (modem, call) => {
      requireSim(modem);
      call.ok(spell(modem.sim.iccid));
    },
  };
}

export const basicCommands: CommandTable = {
  '': { run: accepted },
  E0: { run: (modem, call) => echo(modem, call, false) },
  E1: { run: (modem, call) => echo(modem, call, true) },
  '&W': {
    run: (modem, call) => {
      modem.flash.profile = { ...modem.profile };
      call.ok();
    },
  },
  '+CMEE': {
    read: (modem, call) => call.ok(`+CMEE: ${modem.profile.cmee}`),
    write: (modem, call) => {
      call.count(1);
      modem.profile.cmee = call.int(0, 0, 2);
      call.ok();
    },
  },
  '+IPR': {
    read: (modem, call) => call.ok(`+IPR: ${modem.profile.ipr}`),
    // The far side of the line is taken to run at 115200 for ever; any other rate would only be noise to it.
    write: (modem, call) => {
      call.count(1);
      const rate = call.int(0, 0, 115200);
      if (rate !== 0 && rate !== 115200) throw new Refusal();
      modem.profile.ipr = rate;
      call.ok();
    },
  },
  '+CGMI': { run: (modem, call) => call.ok(modem.family.maker) },
  '+CGMM': { run: (modem, call) => call.ok(modem.firmware.model) },
  '+CGMR': { run: (modem, call) => call.ok(modem.firmware.revision) },
  '+CGSN': { run: (modem, call) => call.ok(modem.imei) },
  '+CPIN': {
    read: (modem, call) => {
      requireSim(modem);
      call.ok(`+CPIN: ${modem.sim.state}`);
    },
    write: (modem, call) => enterPin(modem, call),
  },
  '+CFUN': {
    read: (modem, call) => call.ok(`+CFUN: ${modem.functionality}`),
    write: (modem, call) => setFunctionality(modem, call),
  },
  '+CCLK': {
    read: (modem, call) => call.ok(`+CCLK: "${modem.clock.format()}"`),
    write: (modem, call) => {
      call.count(1);
      if (!modem.clock.parse(call.text(0))) throw new Refusal();
      call.ok();
    },
  },
};

function echo(modem: Running, call: Call, on: boolean): void {
  modem.profile.echo = on;
  call.ok();
}

function enterPin(modem: Running, call: Call): void {
  call.count(1);
  const pin = call.word(0) ?? '';
  const { state } = modem.sim;
  if (state === 'READY') throw new Refusal('operation not allowed');
  if (state !== 'SIM PIN') throw new Refusal(simTrouble[state]);
  if (!modem.sim.unlock(pin)) throw new Refusal('incorrect password');
  call.ok();
  modem.scope.after(between(modem.random, 100 * MS, S), () => {
    modem.urc('+CPIN: READY');
    modem.updateRadio();
  });
}

function setFunctionality(modem: Running, call: Call): void {
  call.count(1, 2);
  const level = call.int(0, 0, 4);
  const reset = call.int(1, 0, 1, 0) === 1;
  if (level !== 0 && level !== 1 && level !== 4) throw new Refusal();
  if (reset) {
    call.ok();
    modem.scope.after(between(modem.random, 200 * MS, S), () => modem.reboot());
    return;
  }
  modem.scope.after(between(modem.random, 50 * MS, 3 * S), () => {
    modem.functionality = level;
    modem.updateRadio();
    if (level === 1 && modem.sim.state === 'READY') modem.urc('+CPIN: READY');
    call.ok();
  });
}
