import { KEY_CA, KEY_COLD_LIMIT, KEY_WARM_LIMIT, SCHEMA } from '../../firmware/config/schema.ts';
import { contradictions, type Values } from '../../firmware/config/values.ts';
import { longestIntervalS } from '../../firmware/interval.ts';
import * as codes from '../../hal/faults.ts';
import { type Display, type DisplayValues, specOf, stored } from '../console/display.ts';
import { cargoFields } from './cargo-fields.ts';
import { nearest } from './nearest.ts';
import type { RawUnit } from './order-json.ts';
import type { OrderProblem } from './order-problem.ts';
import { readField } from './read-field.ts';

/** One tracker of a work order, right in itself. */
export interface Unit {
  readonly where: string;
  readonly deviceId: string;
  /** By the names of the configuration; secrets too. */
  readonly values: DisplayValues;
}

/** Set by `trip start` and no other way, so that the journal tells of it. */
const SET_OTHERWISE = 'trip';

/** What a work order says of a unit; files are found from `folder`. Everything that is wrong is told, not the first alone. */
export function readUnit(
  { where, fields }: RawUnit,
  folder: string,
): { unit: Unit; problems: OrderProblem[] } {
  const problems: OrderProblem[] = [];
  const values: Record<string, Display> = {};
  const complain = (key: string, sentence: string): void => {
    problems.push({ where, key, sentence });
  };
  for (const [key, given] of Object.entries(fields)) {
    if (key === 'cargo') continue;
    const spec = specOf(key);
    if (!spec) complain(key, unknown(key));
    else if (key === SET_OTHERWISE)
      complain(key, 'A trip is started at the tracker, with "coldrail trip start".');
    else {
      const field = readField(spec, given, folder);
      if ('sentence' in field) complain(key, field.sentence);
      else values[key] = field.value;
    }
  }
  if (fields['cargo'] !== undefined) {
    const cargo = cargoFields(fields['cargo'], values);
    if ('sentence' in cargo) complain('cargo', cargo.sentence);
    else Object.assign(values, cargo.values);
  }
  const isComplained = (name: string): boolean => problems.some(({ key }) => key === name);
  if (!values['deviceId'] && !isComplained('deviceId'))
    complain('deviceId', 'It is missing: each tracker needs its name.');
  for (const [key, sentence] of contradictionsOf(values)) if (!isComplained(key)) complain(key, sentence);
  return { unit: { where, deviceId: String(values['deviceId'] ?? ''), values }, problems };
}

function unknown(key: string): string {
  const near = nearest(key, [...SCHEMA.map(({ name }) => name), 'cargo']);
  return `There is no such key${near === undefined ? '' : `; ${near} is meant?`}`.replace(/([^?])$/, '$1.');
}

/** What does not go together; a key that the order leaves out counts as what a new tracker has. */
function contradictionsOf(values: DisplayValues): [key: string, sentence: string][] {
  const all: Values = {};
  for (const spec of SCHEMA) all[spec.key] = stored(spec, values[spec.name] ?? null);
  const found = contradictions(all);
  return Array.from({ length: found.length / 2 }, (_, at) => {
    const key = found[2 * at] ?? 0;
    const name = SCHEMA[key - 1]?.name ?? String(key);
    return [name, sentences(key, found[2 * at + 1] ?? 0, all)];
  });
}

function sentences(key: number, code: number, values: Values): string {
  const at = (name: string): number => Number(values[specOf(name)?.key ?? 0]);
  const celsius = (name: string): string => `${at(name) / 1000} C`;
  if (code === codes.INTERVAL_REFUSED) {
    const longest = longestIntervalS(at('tripHours'));
    return `${at('intervalS')} s is too long: the EN 12830 table has ${longest} s for a trip of ${at('tripHours')} h.`;
  }
  if (code === codes.CA_MISSING && key === KEY_CA)
    return 'It is missing, and a broker is named: no session would be opened.';
  if (code === codes.LIMITS_CROSSED)
    return `${celsius('warmLimitMilliC')} is not above the cold limit of ${celsius('coldLimitMilliC')}.`;
  if (code === codes.SET_POINT_OUTSIDE && key === KEY_COLD_LIMIT)
    return `The cold limit of ${celsius('coldLimitMilliC')} is above the set point of ${celsius('setPointMilliC')}.`;
  if (code === codes.SET_POINT_OUTSIDE && key === KEY_WARM_LIMIT)
    return `The warm limit of ${celsius('warmLimitMilliC')} is below the set point of ${celsius('setPointMilliC')}.`;
  if (code === codes.RULES_DAMAGED)
    return 'These bytes are no rules that a tracker understands; name a cargo in their place.';
  return `The tracker would refuse it with error ${code}.`;
}
