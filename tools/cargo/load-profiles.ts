import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ColdrailError } from '../errors/error.ts';
import { Fields } from '../world/fields.ts';
import {
  CARGO_PROBES,
  type CargoFile,
  type CargoProfile,
  GROUPS,
  JUDGES,
  type Origin,
  PLACE_NAMES,
  type Place,
  type ProfileRule,
  type Range,
  SIDES,
} from './profile.ts';

export const CARGO_FILE = 'tools/data/cargo-2026-11.json';

const MOST_RULES = 6;
const LONGEST_MINUTES = 30 * 24 * 60;
const SHORTEST_WINDOW_MINUTES = 8 * 60;
const MOST_MILLI_K = 65_535;

/** What the device counts in. */
function milli(fields: Fields, key: string, low: number, high: number): number {
  const value = fields.number(key, low, high);
  const thousandths = Math.round(value * 1000);
  if (Math.abs(thousandths - value * 1000) > 1e-6) fields.fail(key, `is ${value}, finer than a thousandth`);
  return thousandths;
}

function origin(fields: Fields, sources: ReadonlySet<string>): Origin {
  fields.mark();
  const source = fields.has('source') ? fields.text('source') : null;
  for (const name of source?.match(/^[^:]+(?=:)/)?.[0].split(', ') ?? (source === null ? [] : ['']))
    if (!sources.has(name)) fields.fail('source', `begins with "${name}", which is not among the sources`);
  return { source, assumption: fields.has('assumption') ? fields.text('assumption') : null };
}

function range(fields: Fields, low: number, high: number, sources: ReadonlySet<string>): Range {
  const from = fields.number('low', low, high);
  return { low: from, high: fields.number('high', from, high), ...origin(fields, sources) };
}

function rule(fields: Fields, sources: ReadonlySet<string>): ProfileRule {
  const judge = fields.oneOf('judge', JUDGES);
  const side = fields.oneOf('side', SIDES);
  const isMean = judge === 'mean-kinetic';
  if (isMean && side !== 'above') fields.fail('side', 'is below, where a mean kinetic temperature is judged');
  if (fields.has('limitC') === fields.has('fromSetK'))
    fields.fail('limitC', 'and fromSetK: a rule has one of the two');
  const minutes = fields.number('minutes', isMean ? SHORTEST_WINDOW_MINUTES : 0, LONGEST_MINUTES);
  if (!Number.isInteger(minutes) || (isMean && minutes % 2 !== 0))
    fields.fail('minutes', `is ${minutes}, no whole number${isMean ? ', or an odd one for a window' : ''}`);
  const graceMilliK = fields.has('graceK') ? milli(fields, 'graceK', 0, MOST_MILLI_K / 1000) : 0;
  if (isMean && graceMilliK > 0) fields.fail('graceK', 'is set, where a mean kinetic temperature is judged');
  const places = fields
    .texts('places', [...PLACE_NAMES, 'cargo'] as const)
    .flatMap((place): readonly Place[] => (place === 'cargo' ? CARGO_PROBES : [place]));
  if (new Set(places).size < places.length) fields.fail('places', 'names a place twice');
  return {
    judge,
    side,
    limit: fields.has('limitC')
      ? { milliC: milli(fields, 'limitC', -100, 100) }
      : { fromSetMilliK: milli(fields, 'fromSetK', -30, 30) },
    limitCounts: fields.flag('limitCounts'),
    seconds: minutes * 60,
    hysteresisMilliK: milli(fields, 'hysteresisK', 0, MOST_MILLI_K / 1000),
    graceMilliK,
    places,
    ...origin(fields, sources),
  };
}

function profile(fields: Fields, sources: ReadonlySet<string>): CargoProfile {
  const set = fields.object('setPointC');
  const setRange = range(set, -40, 30, sources);
  const rules = fields.list('rules').map((item) => rule(item, sources));
  if (rules.length > MOST_RULES)
    fields.fail('rules', `are ${rules.length}, and a tracker takes ${MOST_RULES}`);
  if (rules.filter(({ judge }) => judge === 'mean-kinetic').length > 1)
    fields.fail('rules', 'has more than one mean kinetic temperature');
  return {
    name: fields.text('name', /^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: fields.text('title'),
    group: fields.oneOf('group', GROUPS),
    setPointC: { ...setRange, usual: set.number('usual', setRange.low, setRange.high) },
    humidityPct: fields.has('humidityPct') ? range(fields.object('humidityPct'), 0, 100, sources) : null,
    ventM3h: range(fields.object('ventM3h'), 0, 300, sources),
    rules,
  };
}

/** Check the content of a file of cargo profiles. Throws `cargo.invalid`, which names the field. */
export function readProfiles(content: unknown, file: string): CargoFile {
  const root = new Fields(content, '', (detail) => {
    throw new ColdrailError('cargo.invalid', { file, detail });
  });
  const given = (content as { sources?: Record<string, unknown> }).sources ?? {};
  const listed = root.object('sources');
  const sources = Object.keys(given).map((name) => [name, listed.text(name)] as const);
  const names = new Set(sources.map(([name]) => name));
  const profiles = root.list('profiles').map((fields) => profile(fields, names));
  const seen = new Set<string>();
  for (const [index, { name }] of profiles.entries()) {
    if (seen.has(name)) root.fail(`profiles[${index}].name`, `is ${name}, which stands before`);
    seen.add(name);
  }
  return { collected: root.text('collected', /^\d{4}-\d\d-\d\d$/), sources, profiles };
}

/**
 * Read a file of cargo profiles; without a path, the one that ships with Coldrail. Throws `cargo.unreadable` or
 * `cargo.invalid`.
 */
export function loadProfiles(path?: string): CargoFile {
  const file = path ?? fileURLToPath(new URL(`../../${CARGO_FILE}`, import.meta.url));
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ColdrailError('cargo.unreadable', { file, detail: (error as Error).message });
  }
  return readProfiles(content, file);
}
