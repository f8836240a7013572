import { ColdrailError } from '../errors/error.ts';

export interface Cargo {
  readonly name: string;
  /** Heat capacity of the whole load, MJ/K. */
  readonly heatMJperK: number;
  /** Heat that living cargo gives off, W. */
  readonly respirationW: number;
}

/**
 * Something that is done to the box beside what the road does to it in its yards: doors opened, the power cut, another set
 * point, a defrost whose heaters do not stop.
 */
export interface ScenarioEvent {
  readonly kind: 'door-open' | 'power-off' | 'set-point' | 'defrost-fault';
  /** Hours since departure, within the ride. */
  readonly atHour: number;
  /** How long, from a minute to 60 days. Two of one kind do not overlap. */
  readonly hours: number;
  /** What the machine is set to meanwhile, -35 to 30 C. With `set-point` only. */
  readonly setPointC?: number;
  /** Who did it, and why. */
  readonly note: string;
}

/** A ride by name: what is carried, when it leaves, and which contract stands behind the SIM. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** UTC, ISO 8601. */
  readonly departure: string;
  readonly setPointC: number;
  readonly cargo: Cargo;
  /** What counts as harm to it: a profile of docs/cargo.md. */
  readonly cargoProfile?: string;
  /** Machine time between defrosts, hours. */
  readonly defrostEveryHours: number;
  /** A profile of the corridor file. */
  readonly simProfile: string;
  /** Days of the ride; without it as far as the corridor goes. */
  readonly days?: number;
  readonly events?: readonly ScenarioEvent[];
}

// Set point: trade range 5 to 10 C. Heat: 20 t of fruit at 3.7 kJ/kgK, 20 W/t; 20 t frozen at 1.9 kJ/kgK.
const dragonFruit: Scenario = {
  name: 'hanoi-duisburg',
  title: 'Dragon fruit from Hanoi to Duisburg in January',
  departure: '2026-01-10T06:00:00Z',
  setPointC: 5,
  cargo: { name: 'dragon fruit', heatMJperK: 74, respirationW: 400 },
  cargoProfile: 'dragon-fruit',
  defrostEveryHours: 6,
  simProfile: 'local-nb',
};

const frozenFish: Scenario = {
  ...dragonFruit,
  name: 'hanoi-duisburg-frozen',
  title: 'Frozen fish from Hanoi to Duisburg in July',
  departure: '2026-07-04T06:00:00Z',
  // ATP wants -18 C: a machine that swings about a set point of -18 C is above that half of the time.
  setPointC: -20,
  cargo: { name: 'frozen fish', heatMJperK: 38, respirationW: 0 },
  cargoProfile: 'frozen-fish',
  defrostEveryHours: 8,
};

/** Hours of the timetable. The number of events and their lengths are assumed, as far as a reefer's log has such. */
const onTheWay: readonly ScenarioEvent[] = [
  { kind: 'door-open', atHour: 9, hours: 0.4, note: 'customs at Dong Dang looks for the seal numbers' },
  { kind: 'door-open', atHour: 22, hours: 0.75, note: 'quarantine at Pingxiang takes cartons out' },
  {
    kind: 'set-point',
    atHour: 100,
    hours: 36,
    setPointC: -12,
    note: 'typed wrong when plugged in again, found at the next round',
  },
  { kind: 'door-open', atHour: 306, hours: 0.5, note: 'customs at Alashankou comes back with a translator' },
  { kind: 'power-off', atHour: 360, hours: 14, note: 'generator wagon out of fuel behind Dostyk' },
  { kind: 'door-open', atHour: 403.5, hours: 0.25, note: 'inspection at the Russian border' },
  { kind: 'door-open', atHour: 486, hours: 0.5, note: 'customs at Brest' },
  { kind: 'door-open', atHour: 530, hours: 0.2, note: 'veterinary check at Malaszewicze' },
];

const oneOfEach: readonly ScenarioEvent[] = [
  { kind: 'door-open', atHour: 22, hours: 0.5, note: 'quarantine at Pingxiang takes cartons out' },
  { kind: 'power-off', atHour: 30, hours: 14, note: 'generator wagon out of fuel, no plug at Nanning' },
  { kind: 'set-point', atHour: 70, hours: 36, setPointC: -12, note: 'typed wrong at Chongqing' },
  { kind: 'defrost-fault', atHour: 146, hours: 3, note: 'thermostat of the coil has failed' },
];

export const scenarios: Readonly<Record<string, Scenario>> = {
  'hanoi-duisburg': dragonFruit,
  'hanoi-duisburg-frozen': { ...frozenFish, events: onTheWay },
  'hanoi-duisburg-roaming': {
    ...dragonFruit,
    name: 'hanoi-duisburg-roaming',
    title: 'Dragon fruit from Hanoi to Duisburg on a global roaming SIM',
    simProfile: 'roaming-strict',
  },
  'frozen-week': {
    ...frozenFish,
    name: 'frozen-week',
    title: 'Frozen fish from Hanoi to Chongqing, a week with one of each mishap',
    days: 7,
    events: oneOfEach,
  },
};

/** Throws `scenario.unknown`, which lists the known ones. */
export function findScenario(name: string): Scenario {
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (!scenario)
    throw new ColdrailError('scenario.unknown', { name, known: Object.keys(scenarios).join(', ') });
  return scenario;
}
