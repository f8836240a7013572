import { dirname } from 'node:path';
import { parseOrderCsv } from './order-csv.ts';
import { parseOrderJson } from './order-json.ts';
import { type OrderProblem, OrderRefused } from './order-problem.ts';
import { readOrderText } from './order-text.ts';
import { readUnit, type Unit } from './unit.ts';

/**
 * The units of a work order: one of a JSON file, any number of a CSV. All of it is right, or none of it is given.
 * @throws ColdrailError `provision.unreadable`, OrderRefused with everything that is wrong
 */
export function readOrder(file: string, delimiter = ','): Unit[] {
  const text = readOrderText(file);
  const isJson = /\.json$/i.test(file) || text.trimStart().startsWith('{');
  const raw = isJson ? parseOrderJson(text) : parseOrderCsv(text, delimiter);
  const read = raw.units.map((unit) => readUnit(unit, dirname(file)));
  const units = read.map(({ unit }) => unit);
  const problems = [...raw.problems, ...read.flatMap((one) => one.problems), ...twice(units)];
  if (problems.length > 0) throw new OrderRefused(file, problems);
  return units;
}

/** Two trackers with one name, or one key: the collector and a proof would take one for the other. */
function twice(units: readonly Unit[]): OrderProblem[] {
  return ['deviceId', 'deviceKey'].flatMap((key) => {
    const first = new Map<unknown, string>();
    return units.flatMap(({ where, values }): OrderProblem[] => {
      const value = key === 'deviceKey' ? String(values[key] ?? '').toLowerCase() : values[key];
      if (value === undefined || value === null || value === '') return [];
      const before = first.get(value);
      if (before === undefined) {
        first.set(value, where);
        return [];
      }
      const shown = key === 'deviceId' ? `${value} ` : '';
      return [{ where, key, sentence: `${shown}stands in ${before} already: each tracker has its own.` }];
    });
  });
}
