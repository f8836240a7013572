import { type Call, Refusal } from '../call.ts';
import type { Running } from '../running.ts';
import { between, MS, S } from '../scope.ts';
import { accepted, type CommandTable } from './command.ts';

const simTrouble = {
  busy: 'SIM busy',
  'SIM PIN': 'SIM PIN required',
  'SIM PUK': 'SIM PUK required',
} as const;

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
  '+CGMI': { run: (_modem, call) => call.ok('SIMCOM INCORPORATED') },
  '+CGMM': { run: (_modem, call) => call.ok('SIMCOM_SIM7080') },
  '+CGMR': { run: (_modem, call) => call.ok('1951B17SIM7080') },
  '+CGSN': { run: (modem, call) => call.ok(modem.imei) },
  '+CPIN': {
    read: (modem, call) => {
      if (modem.sim.state === 'busy') throw new Refusal('SIM busy');
      call.ok(`+CPIN: ${modem.sim.state}`);
    },
    write: (modem, call) => enterPin(modem, call),
  },
  '+CFUN': {
    read: (modem, call) => call.ok(`+CFUN: ${modem.functionality}`),
    write: (modem, call) => setFunctionality(modem, call),
  },
  '+CPOWD': {
    write: (modem, call) => {
      call.count(1);
      call.int(0, 1, 1);
      call.silent();
      modem.shutDown(between(modem.random, 300 * MS, 2 * S));
    },
  },
  '+CCLK': {
    read: (modem, call) => call.ok(`+CCLK: "${modem.clock.format()}"`),
    write: (modem, call) => {
      call.count(1);
      if (!modem.clock.parse(call.text(0))) throw new Refusal();
      call.ok();
    },
  },
  '+CLTS': {
    read: (modem, call) => call.ok(`+CLTS: ${modem.profile.clts ? 1 : 0}`),
    write: (modem, call) => {
      call.count(1);
      modem.profile.clts = call.int(0, 0, 1) === 1;
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
  const pin = call.line.args[0]?.text ?? '';
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
