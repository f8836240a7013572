import { OK } from '../../hal/faults.ts';
import type { FamilyName } from '../sim/chips/modem/family.ts';
import { boardMilliamps, modemMilliamps } from '../sim/currents.ts';
import type { Corridor } from '../world/corridor.ts';
import type { Scenario } from '../world/scenario.ts';
import { World } from '../world/world.ts';
import type { ModemChoice } from './modem-choice.ts';
import { type Road, radioRide, type Session } from './radio-ride.ts';
import { BOOT_S, onAirS } from './session-costs.ts';

const FIX_INTERVAL_S = 3600;

export interface RadioPlanOptions {
  readonly corridor: Corridor;
  /** Its SIM profile is one of the corridor's. */
  readonly scenario: Scenario;
  readonly modem: ModemChoice;
  readonly seed: number;
  readonly intervalS: number;
  readonly uplinkIntervalS: number;
  /** Price of a megabyte (a million bytes) in any currency; undefined: unknown. */
  readonly costPerMb?: number | undefined;
}

/** What the radio does on one stretch, or on all of them. */
export interface Leg {
  /** ISO 3166-1 alpha-2, or "all". */
  readonly country: string;
  readonly hours: number;
  /** Sessions that searched for a network, those of them that delivered, and those that were due and held back. */
  readonly tried: number;
  readonly delivered: number;
  readonly heldBack: number;
  readonly readings: number;
  readonly bytes: number;
  readonly cost: number | null;
  readonly searchedS: number;
  /** Of searching, of the rest of the sessions, and of the sleeping board. Sensors and positions come on top. */
  readonly milliampHours: { readonly searching: number; readonly sessions: number; readonly asleep: number };
}

export interface RadioPlan {
  readonly legs: readonly Leg[];
  readonly total: Leg;
  /** Readings that wait at the end of the ride. */
  readonly waiting: number;
}

/** Charge of a session without its search, mAh. */
function sessionMilliampHours(family: FamilyName, { heldBack, technology, bytes }: Session): number {
  if (heldBack) return 0;
  const boot = BOOT_S * modemMilliamps(family, 'booting');
  if (!technology) return boot / 3600;
  const { sendS, connectedS } = onAirS(technology, bytes);
  const onAir =
    sendS * modemMilliamps(family, 'transmitting', technology) +
    connectedS * modemMilliamps(family, 'connected', technology);
  return (boot + onAir) / 3600;
}

function legOf(country: string, hours: number, sessions: readonly Session[], options: RadioPlanOptions): Leg {
  const { costPerMb } = options;
  const { board, family } = options.modem;
  const sum = (of: (session: Session) => number) => sessions.reduce((total, one) => total + of(one), 0);
  const bytes = sum((session) => session.bytes);
  const searchedS = sum((session) => session.searchedS);
  return {
    country,
    hours,
    tried: sum(({ heldBack }) => (heldBack ? 0 : 1)),
    delivered: sum(({ fault }) => (fault === OK ? 1 : 0)),
    heldBack: sum(({ heldBack }) => (heldBack ? 1 : 0)),
    readings: sum((session) => session.readings),
    bytes,
    cost: costPerMb === undefined ? null : (bytes / 1e6) * costPerMb,
    searchedS,
    milliampHours: {
      searching: (searchedS / 3600) * modemMilliamps(family, 'searching'),
      sessions: sum((session) => sessionMilliampHours(family, session)),
      asleep: hours * boardMilliamps(board, 'asleep'),
    },
  };
}

/** Hours at which the train goes from one country into the next, with the country, in order. */
function stretches(world: World, corridor: Corridor): { country: string; fromHour: number }[] {
  const { journey } = world;
  return corridor.zones
    .filter((zone, index) => zone.country !== corridor.zones[index - 1]?.country)
    .map(({ country, fromKm }) => ({
      country,
      fromHour: fromKm === 0 ? 0 : journey.hoursBetween(fromKm, fromKm).fromHour,
    }));
}

/** What a tracker's radio may be expected to do on a route: the firmware's own policy over the world's coverage. */
export function radioPlan(options: RadioPlanOptions): RadioPlan {
  const { corridor, scenario, modem, seed } = options;
  let nowS = 0;
  const at = <T>(seconds: number, ask: (world: World) => T): T => {
    nowS = seconds;
    return ask(world);
  };
  const world = new World({
    corridor,
    seed,
    scenario,
    nowUs: () => Math.round(nowS * 1e6),
    technologies: modem.technologies,
  });
  const road: Road = {
    cell: (technology, atS) => at(atS, ({ air }) => air.cell(technology)),
    joined: (cell, atS) => at(atS, ({ air }) => air.joined?.(cell)),
    position: (atS) => at(atS, ({ sky }) => sky.view()),
  };
  const { sessions, waiting } = radioRide(road, {
    ...options,
    seconds: world.days * 86_400,
    fixIntervalS: FIX_INTERVAL_S,
    technologies: modem.technologies,
  });
  const parts = stretches(world, corridor).filter(({ fromHour }) => fromHour < world.days * 24);
  const legs = parts.map(({ country, fromHour }, index) => {
    const toHour = parts[index + 1]?.fromHour ?? world.days * 24;
    const here = sessions.filter(({ atS }) => atS >= fromHour * 3600 && atS < toHour * 3600);
    return legOf(country, toHour - fromHour, here, options);
  });
  return { legs, total: legOf('all', world.days * 24, sessions, options), waiting };
}
