import { ColdrailError } from '../errors/error.ts';

export interface Cargo {
  readonly name: string;
  /** Heat capacity of the whole load, MJ/K. */
  readonly heatMJperK: number;
  /** Heat that living cargo gives off, W. */
  readonly respirationW: number;
}

/** A ride by name: what is carried, when it leaves, and which contract stands behind the SIM. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** UTC, ISO 8601. */
  readonly departure: string;
  readonly setPointC: number;
  readonly cargo: Cargo;
  /** Machine time between defrosts, hours. */
  readonly defrostEveryHours: number;
  /** A profile of the corridor file. */
  readonly simProfile: string;
}

// Set point: trade range 5 to 10 C. Heat: 20 t of fruit at 3.7 kJ/kgK, 20 W/t; 20 t frozen at 1.9 kJ/kgK.
const dragonFruit: Scenario = {
  name: 'hanoi-duisburg',
  title: 'Dragon fruit from Hanoi to Duisburg in January',
  departure: '2026-01-10T06:00:00Z',
  setPointC: 5,
  cargo: { name: 'dragon fruit', heatMJperK: 74, respirationW: 400 },
  defrostEveryHours: 6,
  simProfile: 'local-nb',
};

export const scenarios: Readonly<Record<string, Scenario>> = {
  'hanoi-duisburg': dragonFruit,
  'hanoi-duisburg-frozen': {
    ...dragonFruit,
    name: 'hanoi-duisburg-frozen',
    title: 'Frozen fish from Hanoi to Duisburg in July',
    departure: '2026-07-04T06:00:00Z',
    setPointC: -18,
    cargo: { name: 'frozen fish', heatMJperK: 38, respirationW: 0 },
    defrostEveryHours: 12,
  },
  'hanoi-duisburg-roaming': {
    ...dragonFruit,
    name: 'hanoi-duisburg-roaming',
    title: 'Dragon fruit from Hanoi to Duisburg on a global roaming SIM',
    simProfile: 'roaming-strict',
  },
};

/** Throws `scenario.unknown`, which lists the known ones. */
export function findScenario(name: string): Scenario {
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (!scenario)
    throw new ColdrailError('scenario.unknown', { name, known: Object.keys(scenarios).join(', ') });
  return scenario;
}
