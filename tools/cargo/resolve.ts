import type { Rule } from '../../firmware/judge/rules.ts';
import { ColdrailError } from '../errors/error.ts';
import { loadProfiles } from './load-profiles.ts';
import { type CargoFile, type CargoProfile, type HarmRule, PLACE_NAMES, type Place } from './profile.ts';
import { bytesOf, deviceRule } from './rule-bytes.ts';

export interface ResolveOptions {
  /** Degrees Celsius; without, what is usual. */
  readonly setPointC?: number;
  /** Where the tracker measures; without, everywhere. */
  readonly places?: readonly Place[];
  readonly file?: CargoFile;
}

export interface ResolvedProfile {
  readonly profile: CargoProfile;
  readonly setPointC: number;
  /** What counts as harm, in the words of the file. */
  readonly harm: readonly HarmRule[];
  /** The same for the device, and as it stands in its configuration. */
  readonly rules: readonly Rule[];
  readonly bytes: Uint8Array;
}

/**
 * The rules of a profile for one journey. Throws `cargo.unknown`, `cargo.set-point` for one that does not suit the cargo,
 * and `cargo.no-place` where the tracker measures at none of the places of a rule.
 */
export function resolveProfile(name: string, options: ResolveOptions = {}): ResolvedProfile {
  const profiles = (options.file ?? loadProfiles()).profiles;
  const profile = profiles.find((one) => one.name === name);
  if (profile === undefined)
    throw new ColdrailError('cargo.unknown', { name, known: profiles.map((one) => one.name).join(', ') });
  const { low, high, usual } = profile.setPointC;
  const setPointC = options.setPointC ?? usual;
  if (!(setPointC >= low && setPointC <= high))
    throw new ColdrailError('cargo.set-point', { name, setPointC, low, high });
  const measured = options.places ?? PLACE_NAMES;
  const harm = profile.rules.map((rule): HarmRule => {
    const places = rule.places.filter((place) => measured.includes(place));
    if (places.length === 0)
      throw new ColdrailError('cargo.no-place', { name, places: rule.places.join(', ') });
    const { judge, side, limit, limitCounts, seconds, hysteresisMilliK, graceMilliK } = rule;
    const limitMilliC = 'milliC' in limit ? limit.milliC : Math.round(setPointC * 1000) + limit.fromSetMilliK;
    return { judge, side, limitMilliC, limitCounts, seconds, hysteresisMilliK, graceMilliK, places };
  });
  const rules = harm.map(deviceRule);
  return { profile, setPointC, harm, rules, bytes: bytesOf(rules) };
}
