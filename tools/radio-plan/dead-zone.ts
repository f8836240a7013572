import { BLANK_HISTORY } from '../../firmware/radio/history.ts';
import type { FamilyName } from '../sim/chips/modem/family.ts';
import type { RadioTechnology } from '../sim/chips/radio.ts';
import { modemMilliamps } from '../sim/currents.ts';
import { type Road, radioRide } from './radio-ride.ts';
import { TECHNOLOGY_NUMBERS } from './technology.ts';

/** What one way of trying takes. */
export interface Tries {
  readonly tries: number;
  readonly searchedS: number;
  readonly milliampHours: number;
}

export interface DeadZone {
  readonly days: number;
  readonly policy: Tries;
  /** A try of three minutes every hour, which is what trackers without a back-off do. */
  readonly hourly: Tries;
}

export interface DeadZoneOptions {
  readonly days: number;
  readonly family: FamilyName;
  readonly technologies: readonly RadioTechnology[];
  readonly intervalS: number;
  readonly uplinkIntervalS: number;
}

const HOURLY_TRY_S = 180;
/** Kazakhstan: where the corridor's longest dead zones are. */
const LAST_NETWORK = 40101;

const nowhere: Road = { cell: () => undefined, joined: () => {}, position: () => undefined };

/** Days without any network, for a tracker that stands still and had one before: what searching takes. */
export function deadZone(options: DeadZoneOptions): DeadZone {
  const { days, family, technologies } = options;
  const searching = modemMilliamps(family, 'searching');
  const taken = (tries: number, searchedS: number): Tries => ({
    tries,
    searchedS,
    milliampHours: (searchedS / 3600) * searching,
  });
  const [first] = technologies;
  const { sessions } = radioRide(nowhere, {
    ...options,
    seconds: days * 86_400,
    fixIntervalS: 86_400,
    history: {
      ...BLANK_HISTORY,
      technology: first ? TECHNOLOGY_NUMBERS[first] : 0,
      network: LAST_NETWORK,
    },
  });
  const tried = sessions.filter(({ heldBack }) => !heldBack);
  const hours = Math.floor(days * 24);
  return {
    days,
    policy: taken(
      tried.length,
      tried.reduce((sum, { searchedS }) => sum + searchedS, 0),
    ),
    hourly: taken(hours, hours * HOURLY_TRY_S),
  };
}
