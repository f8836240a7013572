import { containerCheckDigit } from '../../firmware/config/numbers.ts';
import { bare } from './normalise.ts';
import { judgeTyping, judgeWhole } from './shape.ts';
import type { Shape } from './slips.ts';
import type { Open, Right, Wrong } from './verdict.ts';

/** ISO 6346: owner, category, serial number, check digit. */
const SHAPE: Shape = {
  places: [
    ...(['letter', 'letter', 'letter', 'category'] as const),
    ...(['digit', 'digit', 'digit', 'digit', 'digit', 'digit', 'digit'] as const),
  ],
  isRight: (number) => containerCheckDigit(number) === Number(number.charAt(10)),
};

/** The number of a container, as a whole. */
export function checkContainer(text: string): Right | Wrong {
  return judgeWhole(bare(text), SHAPE);
}

/** The number of a container, while it is typed. */
export function typeContainer(text: string): Right | Open | Wrong {
  return judgeTyping(bare(text), SHAPE);
}
