import { CODE_BIAS, MISSING } from './format.ts';
import type { Row } from './row.ts';
import { isHumidity, type Scale } from './scale.ts';

/** Places that a channel can have, and one more, as 0 is none. */
const PLACES = 8;

/** The temperatures of a reading by place (1 supply, 2 return, 3 ambient, 4 to 7 cargo), thousandths of a degree; null: none. */
export function temperaturesOf(row: Row, scale: Scale): (number | null)[] {
  const temps: (number | null)[] = [];
  while (temps.length < PLACES) temps.push(null);
  for (let i = 0; i < row.length; i++) {
    const channel = scale.channels[i];
    if (row[i] < MISSING && !isHumidity(channel)) temps[channel & 15] = (row[i] - CODE_BIAS) * scale.tempStep;
  }
  return temps;
}
