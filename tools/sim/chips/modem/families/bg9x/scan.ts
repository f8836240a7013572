import type { RadioTechnology } from '../../../radio.ts';
import { type Call, Refusal } from '../../call.ts';
import type { Command, CommandTable } from '../../commands/command.ts';
import { operatorCommands } from '../../commands/operator.ts';
import type { ModemFlash } from '../../flash.ts';
import type { Running } from '../../running.ts';
import { stateOf } from '../../state-of.ts';

const GSM_ONLY = '1';
const LTE_ONLY = '3';
const modes = ['0', GSM_ONLY, LTE_ONLY];
const NB_ONLY = '1';
const LTE_M_ONLY = '0';
const technologies: Record<string, RadioTechnology> = { '01': 'GSM', '02': 'LTE-M', '03': 'NB-IoT' };

/** QCFG, kept without power; each value as it is printed. */
const settings = stateOf((_flash: ModemFlash) => ({
  nwscanmode: '0',
  nwscanseq: '020301',
  iotopmode: '2',
  band: '0xf,0x400a0e189f,0xa0e189f',
}));

type Setting = 'nwscanmode' | 'nwscanseq' | 'iotopmode' | 'band';

export function search(flash: ModemFlash): readonly RadioTechnology[] {
  const { nwscanmode, nwscanseq, iotopmode } = settings(flash);
  return sequence(nwscanseq).filter((technology) => {
    if (technology === 'GSM') return nwscanmode !== LTE_ONLY;
    if (nwscanmode === GSM_ONLY) return false;
    return technology === 'LTE-M' ? iotopmode !== NB_ONLY : iotopmode !== LTE_M_ONLY;
  });
}

/** 020103 is LTE-M, GSM, NB-IoT; what is not named comes last, and 00 leaves it to the modem. */
function sequence(text: string): readonly RadioTechnology[] {
  const named = (text.match(/../g) ?? []).flatMap((code) => technologies[code] ?? []);
  return [...new Set([...named, 'LTE-M' as const, 'NB-IoT' as const, 'GSM' as const])];
}

export const scanCommands: CommandTable = {
  '+QCFG': { write: (modem, call) => configure(modem, call) },
  '+COPS': { ...operatorCommands['+COPS'], write: (modem, call) => chooseOperator(modem, call) },
};

function configure(modem: Running, call: Call): void {
  call.count(1, 5);
  const name = call.text(0);
  if (!isSetting(name)) throw new Refusal();
  const stored = settings(modem.flash);
  if (call.line.args.length === 1) {
    call.ok(`+QCFG: "${name}",${stored[name]}`);
    return;
  }
  stored[name] = parsers[name](call);
  // To write the order costs the registration, even where nothing changes.
  if (name !== 'nwscanseq') modem.registration.reselect();
  else if (modem.registration.stat !== 0) modem.registration.searchAnew();
  call.ok();
}

function isSetting(name: string): name is Setting {
  return Object.hasOwn(parsers, name);
}

const parsers: Record<Setting, (call: Call) => string> = {
  nwscanmode: (call) => oneOf(call, modes),
  iotopmode: (call) => oneOf(call, [LTE_M_ONLY, NB_ONLY, '2']),
  nwscanseq: (call) => matching(call, 1, /^(00|(0[123]){1,3})$/),
  band: (call) => [1, 2, 3].map((index) => hex(matching(call, index, /^(0x)?[\da-f]{1,16}$/i))).join(),
};

function oneOf(call: Call, allowed: readonly string[]): string {
  const text = call.word(1) ?? '';
  if (!allowed.includes(text)) throw new Refusal();
  return text;
}

function matching(call: Call, index: number, pattern: RegExp): string {
  const text = call.word(index) ?? '';
  if (!pattern.test(text)) throw new Refusal();
  return text;
}

function hex(text: string): string {
  return `0x${text.replace(/^0x/i, '').toLowerCase()}`;
}

/** On the BG96 an automatic choice also sets the scan mode back to automatic. */
function chooseOperator(modem: Running, call: Call): void {
  if (call.word(0) === '0' && modem.firmware.model === 'BG96') settings(modem.flash).nwscanmode = '0';
  const { write } = operatorCommands['+COPS'] as Required<Pick<Command, 'write'>>;
  write(modem, call);
}
