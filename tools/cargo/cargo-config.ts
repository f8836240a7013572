import type { Config } from '../../firmware/config/schema.ts';
import { BELOW, MEAN_KINETIC, type Rule } from '../../firmware/judge/rules.ts';
import type { Place } from './profile.ts';
import { resolveProfile } from './resolve.ts';

/** What a cargo says in a tracker's configuration. */
export type CargoConfig = Pick<Config, 'cargoProfile' | 'rules' | 'coldLimitMilliC' | 'warmLimitMilliC'>;

/**
 * The part of the configuration that follows from a cargo profile. The limits, beyond which no reading is thinned, are the
 * innermost of the rules; where those leave nothing between them, there are none.
 * Throws as `resolveProfile` does.
 */
export function cargoConfig(name: string, setPointC: number, places: readonly Place[]): CargoConfig {
  const { rules, bytes } = resolveProfile(name, { setPointC, places });
  const limits = (isBelow: boolean): number[] =>
    rules
      .filter(({ kind }: Rule) => (kind & MEAN_KINETIC) === 0 && ((kind & BELOW) !== 0) === isBelow)
      .map(({ limitMilliC }) => limitMilliC);
  const [colds, warms] = [limits(true), limits(false)];
  const cold = colds.length > 0 ? Math.max(...colds) : null;
  const warm = warms.length > 0 ? Math.min(...warms) : null;
  const isSpan = cold === null || warm === null || cold < warm;
  return {
    cargoProfile: name,
    rules: bytes,
    coldLimitMilliC: isSpan ? cold : null,
    warmLimitMilliC: isSpan ? warm : null,
  };
}
