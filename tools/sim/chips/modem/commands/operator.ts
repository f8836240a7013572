import { type Call, Refusal } from '../call.ts';
import { networkOf } from '../registration.ts';
import type { Running } from '../running.ts';
import { S } from '../scope.ts';
import { stateOf } from '../state-of.ts';
import type { CommandTable } from './command.ts';
import { attach } from './network.ts';

const AUTOMATIC = 0;
const MANUAL = 1;
const DEREGISTER = 2;
const FORMAT_ONLY = 3;
const MANUAL_THEN_AUTOMATIC = 4;
const NUMERIC = 2;

/** How long a modem tries the network that it was told to take. */
const MANUAL_TRIES = 60;

const format = stateOf((_modem: Running) => ({ value: 0 }));

/** AT+COPS: which network to use. A choice by hand is kept without power. */
export const operatorCommands: CommandTable = {
  '+COPS': {
    read: (modem, call) => call.ok(`+COPS: ${mode(modem)}${operator(modem)}`),
    write: (modem, call) => select(modem, call),
  },
};

function mode(modem: Running): number {
  if (modem.detached) return DEREGISTER;
  return modem.flash.operator === undefined ? AUTOMATIC : MANUAL;
}

function operator(modem: Running): string {
  const { camping } = modem.registration;
  if (!camping) return '';
  const { mcc, mnc } = camping.cell;
  const { value } = format(modem);
  const name = value === NUMERIC ? `${mcc}${mnc}` : `${mcc} ${mnc}`;
  return `,${value},"${name}",${modem.family.accessCodes[camping.technology]}`;
}

function select(modem: Running, call: Call): void {
  call.count(1, 4);
  const wanted = call.int(0, AUTOMATIC, MANUAL_THEN_AUTOMATIC);
  if (wanted === FORMAT_ONLY) {
    format(modem).value = call.int(1, 0, NUMERIC);
    call.ok();
    return;
  }
  if (wanted === MANUAL || wanted === MANUAL_THEN_AUTOMATIC) {
    byHand(modem, call, wanted === MANUAL_THEN_AUTOMATIC);
    return;
  }
  call.count(1, 2);
  if (wanted === AUTOMATIC && modem.flash.operator !== undefined) choose(modem, undefined);
  attach(modem, call, wanted === AUTOMATIC);
}

function byHand(modem: Running, call: Call, orAutomatic: boolean): void {
  call.count(3, 4);
  // The model knows no names, so a network can only be told by its number.
  if (call.int(1, 0, NUMERIC) !== NUMERIC) throw new Refusal();
  const network = call.text(2);
  if (!/^\d{5,6}$/.test(network)) throw new Refusal();
  modem.detached = false;
  choose(modem, network);
  awaitOutcome(modem, call, orAutomatic, MANUAL_TRIES);
}

function choose(modem: Running, network: string | undefined): void {
  modem.flash.operator = network;
  const { camping, stat } = modem.registration;
  if (stat === 0) modem.updateRadio();
  else if (!camping || networkOf(camping.cell) !== network) modem.registration.searchAnew();
}

function awaitOutcome(modem: Running, call: Call, orAutomatic: boolean, triesLeft: number): void {
  const { stat } = modem.registration;
  if (stat === 1 || stat === 5) {
    call.ok();
  } else if (stat === 3 || stat === 0 || triesLeft === 0) {
    if (orAutomatic) {
      choose(modem, undefined);
      call.ok();
    } else {
      call.refuse('no network service');
    }
  } else {
    modem.scope.after(S, () => awaitOutcome(modem, call, orAutomatic, triesLeft - 1));
  }
}
