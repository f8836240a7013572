import type { RadioTechnology } from '../../../radio.ts';
import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { ModemFlash } from '../../flash.ts';
import type { Running } from '../../running.ts';
import { stateOf } from '../../state-of.ts';

const AUTOMATIC = 2;
const GSM_ONLY = 13;
const LTE_ONLY = 38;
const GSM_AND_LTE = 51;

type BandedTechnology = 'CAT-M' | 'NB-IOT';
/** What CBANDCFG accepts, and has from the factory. */
export type Bands = Readonly<Record<BandedTechnology, readonly number[]>>;

/** Which radio to use and where, kept without power. */
const preferences = stateOf((_flash: ModemFlash) => ({
  /** CNMP. */
  mode: AUTOMATIC,
  /** CMNB: 1 LTE-M, 2 NB-IoT, 3 both. */
  lte: 3,
  bands: {} as Partial<Record<BandedTechnology, readonly number[]>>,
}));

/** The technologies that CNMP and CMNB allow: LTE before GSM, where the part has GSM at all. */
export function search(flash: ModemFlash, hasGsm: boolean): readonly RadioTechnology[] {
  const { mode, lte } = preferences(flash);
  const technologies: RadioTechnology[] = [];
  if (mode !== GSM_ONLY && lte !== 2) technologies.push('LTE-M');
  if (mode !== GSM_ONLY && lte !== 1) technologies.push('NB-IoT');
  if (mode !== LTE_ONLY && hasGsm) technologies.push('GSM');
  return technologies;
}

/** The first of the bands that a technology may use. */
export function firstBand(flash: ModemFlash, technology: BandedTechnology, supported: Bands): number {
  return (preferences(flash).bands[technology] ?? supported[technology])[0] ?? 0;
}

export function preferenceCommands(supported: Bands): CommandTable {
  return {
    '+CNMP': {
      read: (modem, call) => call.ok(`+CNMP: ${preferences(modem.flash).mode}`),
      write: (modem, call) => {
        call.count(1);
        const mode = call.int(0, 0, 99);
        if (![AUTOMATIC, GSM_ONLY, LTE_ONLY, GSM_AND_LTE].includes(mode)) throw new Refusal();
        preferences(modem.flash).mode = mode;
        modem.registration.reselect();
        call.ok();
      },
    },
    '+CMNB': {
      read: (modem, call) => call.ok(`+CMNB: ${preferences(modem.flash).lte}`),
      write: (modem, call) => {
        call.count(1);
        preferences(modem.flash).lte = call.int(0, 1, 3);
        modem.registration.reselect();
        call.ok();
      },
    },
    '+CBANDCFG': {
      read: (modem, call) => {
        const bands = { ...supported, ...preferences(modem.flash).bands };
        call.ok(`+CBANDCFG: "CAT-M",${bands['CAT-M']}`, `+CBANDCFG: "NB-IOT",${bands['NB-IOT']}`);
      },
      write: (modem, call) => setBands(modem, call, supported),
    },
  };
}

function setBands(modem: Running, call: Call, supported: Bands): void {
  call.count(2, 32);
  const technology = call.text(0).toUpperCase();
  if (technology !== 'CAT-M' && technology !== 'NB-IOT') throw new Refusal();
  const bands = call.line.args.slice(1).map((_, index) => call.int(index + 1, 1, 255));
  if (bands.some((band) => !supported[technology].includes(band))) throw new Refusal();
  preferences(modem.flash).bands[technology] = bands;
  call.ok();
}
