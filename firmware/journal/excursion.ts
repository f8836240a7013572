import { CODE_BIAS, MISSING } from './format.ts';
import type { Row } from './row.ts';
import { AMBIENT_TEMP, isHumidity, type Scale } from './scale.ts';

/** The cargo's limits, thousandths of a degree Celsius; null: none. */
export interface Limits {
  readonly coldLimitMilliC: number | null;
  readonly warmLimitMilliC: number | null;
}

/** Whether a reading has a temperature outside of the limits; the outside air does not count. */
export function isExcursion(row: Row, scale: Scale, limits: Limits): boolean {
  const cold = limits.coldLimitMilliC;
  const warm = limits.warmLimitMilliC;
  for (let i = 0; i < row.length; i++) {
    const channel = scale.channels[i];
    if (row[i] >= MISSING || isHumidity(channel) || channel === AMBIENT_TEMP) continue;
    const milliC = (row[i] - CODE_BIAS) * scale.tempStep;
    if ((cold !== null && milliC < cold) || (warm !== null && milliC > warm)) return true;
  }
  return false;
}
