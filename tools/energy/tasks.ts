/** The tasks of a tracker's day, from the files of currents, of session times and of duties. */
import { readFileSync } from 'node:fs';
import { fixPauseS, searchS, stepAfterFailure } from '../../firmware/fix-policy.ts';
import { deadZone } from '../radio-plan/dead-zone.ts';
import { BOOT_S, bytesOnAir, onAirS, payload, registerS } from '../radio-plan/session-costs.ts';
import type { FamilyName } from '../sim/chips/modem/family.ts';
import type { RadioTechnology } from '../sim/chips/radio.ts';
import { modemDraw } from '../sim/currents.ts';
import { radioTask, type Span, type Task } from './duty.ts';

interface Figure {
  readonly value: number;
}

type Figures = Readonly<
  Record<
    'wakeS' | 'hotWithinS' | 'hotFixS' | 'coldFixS' | 'hourlyFailedFixS' | 'hourlySearchS' | 'deadShare',
    Figure
  >
>;

const figures: Figures = JSON.parse(
  readFileSync(new URL('../data/duty-2026-11.json', import.meta.url), 'utf8'),
);

/** How often a tracker is to do what, and how much of its time it spends where there is neither network nor sky. */
export interface Duty {
  readonly family: FamilyName;
  /** What the modem can do; the first one is used. */
  readonly technologies: readonly RadioTechnology[];
  readonly intervalS: number;
  readonly fixIntervalS: number;
  readonly uplinkIntervalS: number;
  /** 0 to 1. */
  readonly deadShare: number;
}

export const USUAL_DEAD_SHARE = figures.deadShare.value;

const DAY_S = 86_400;
const HOUR_S = 3600;
const SESSION_KB = 64;
/** Level of the power ladder. */
const FULL_SERVICE = 0;
/** Long enough for both back-offs to reach their longest pauses. */
const DEAD_ZONE_DAYS = 6;

/** From a modem that is off to the goodbye, on a network that it knows. */
export function session(family: FamilyName, technology: RadioTechnology, readings: number): Span[] {
  const { bytes } = payload(readings, SESSION_KB);
  const { sendS, connectedS } = onAirS(technology, bytesOnAir(technology, bytes));
  return [
    { draw: modemDraw(family, 'booting'), seconds: BOOT_S },
    { draw: modemDraw(family, 'searching'), seconds: registerS(technology, 'knownNetwork') },
    { draw: modemDraw(family, 'connected', technology), seconds: connectedS },
    { draw: modemDraw(family, 'transmitting', technology), seconds: sendS },
  ];
}

/** A search that finds nothing. */
export function failedSearch(family: FamilyName, seconds: number): Span[] {
  return [
    { draw: modemDraw(family, 'booting'), seconds: BOOT_S },
    { draw: modemDraw(family, 'searching'), seconds },
  ];
}

/** A try for a position, found or not. */
export function fix(family: FamilyName, seconds: number): Span[] {
  return [
    { draw: modemDraw(family, 'booting'), seconds: BOOT_S },
    { draw: modemDraw(family, 'gnss'), seconds },
  ];
}

function readingsOf({ intervalS }: Duty): Task {
  return { timesADay: DAY_S / intervalS, awakeS: figures.wakeS.value, modem: [] };
}

/** The positions that are found. */
function fixesOf({ family, fixIntervalS, deadShare }: Duty): Task {
  const isHot = fixIntervalS <= figures.hotWithinS.value;
  const seconds = isHot ? figures.hotFixS.value : figures.coldFixS.value;
  return radioTask((DAY_S / fixIntervalS) * (1 - deadShare), fix(family, seconds));
}

/** What the firmware's policy spends on positions in days that begin with a position and have no sky after that. */
export function vainFixes(fixIntervalS: number, days: number): { tries: number; searchedS: number } {
  const vain = { tries: 0, searchedS: 0 };
  let step = 0;
  for (let nowS = 0; nowS < days * DAY_S; nowS += fixPauseS(fixIntervalS, step, FULL_SERVICE)) {
    vain.searchedS += searchS(step, vain.tries === 0 ? fixIntervalS : null);
    vain.tries++;
    step = stepAfterFailure(step);
  }
  return vain;
}

/** The sessions that deliver share all readings among them. */
function sessionsOf({ family, technologies, intervalS, uplinkIntervalS, deadShare }: Duty): Task[] {
  const [technology] = technologies;
  const timesADay = (DAY_S / uplinkIntervalS) * (1 - deadShare);
  if (!technology || timesADay === 0) return [];
  return [radioTask(timesADay, session(family, technology, Math.ceil(DAY_S / intervalS / timesADay)))];
}

/** The firmware's day: where nothing is found its own policies say how often it tries, and for how long. */
export function firmwareTasks(duty: Duty): Task[] {
  const { family, fixIntervalS, deadShare } = duty;
  const { policy } = deadZone({ ...duty, days: DEAD_ZONE_DAYS });
  const fixes = vainFixes(fixIntervalS, DEAD_ZONE_DAYS);
  const deadADay = (tries: number): number => (tries / DEAD_ZONE_DAYS) * deadShare;
  return [
    readingsOf(duty),
    fixesOf(duty),
    radioTask(deadADay(fixes.tries), fix(family, fixes.searchedS / fixes.tries)),
    ...sessionsOf(duty),
    radioTask(deadADay(policy.tries), failedSearch(family, policy.searchedS / policy.tries)),
  ];
}

/** The day of a tracker that reads as often, and tries for a position and for its network every hour, come what may. */
export function hourlyTasks(duty: Duty): Task[] {
  const { family, deadShare } = duty;
  const hourly = { ...duty, fixIntervalS: HOUR_S, uplinkIntervalS: HOUR_S };
  const deadADay = (DAY_S / HOUR_S) * deadShare;
  return [
    readingsOf(hourly),
    fixesOf(hourly),
    radioTask(deadADay, fix(family, figures.hourlyFailedFixS.value)),
    ...sessionsOf(hourly),
    radioTask(deadADay, failedSearch(family, figures.hourlySearchS.value)),
  ];
}
