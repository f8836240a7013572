import { cargoConfig } from '../cargo/cargo-config.ts';
import { PLACE_NAMES, PLACES } from '../cargo/profile.ts';
import { resolveProfile } from '../cargo/resolve.ts';
import { type DisplayValues, toHex } from '../console/display.ts';
import { ColdrailError } from '../errors/error.ts';

/** Keys that follow from a cargo profile, so that nothing else may set them. */
const FOLLOWING = ['rules', 'cargoProfile', 'coldLimitMilliC', 'warmLimitMilliC'];
const DEFAULT_PROBES = 6;

/**
 * What the name of a cargo profile means for these values, which may tell the set point (else it is what is usual for the
 * cargo) and the probes: rules, limits, set point.
 */
export function cargoFields(
  cargo: unknown,
  values: DisplayValues,
): { readonly values: DisplayValues } | { readonly sentence: string } {
  if (typeof cargo !== 'string')
    return { sentence: 'It must be the name of a cargo profile (docs/cargo.md).' };
  const twice = FOLLOWING.filter((key) => key in values);
  if (twice.length > 0)
    return { sentence: `It says what ${twice.join(', ')} must be: leave one of the two out.` };
  const probes = Number(values['probes'] ?? DEFAULT_PROBES);
  const places = PLACE_NAMES.filter((place) => (probes & (1 << PLACES[place])) !== 0);
  try {
    const given = values['setPointMilliC'];
    const setPointC = typeof given === 'number' ? given / 1000 : resolveProfile(cargo).setPointC;
    const { rules, ...rest } = cargoConfig(cargo, setPointC, places);
    return {
      values: { ...rest, rules: rules && toHex(rules), setPointMilliC: Math.round(setPointC * 1000) },
    };
  } catch (error) {
    if (error instanceof ColdrailError) return { sentence: `${error.message} ${error.remedy}` };
    throw error;
  }
}
