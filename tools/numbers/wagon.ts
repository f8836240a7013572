import { isLuhn } from '../../firmware/config/numbers.ts';
import { bare } from './normalise.ts';
import { judgeTyping, judgeWhole, wrong } from './shape.ts';
import type { Shape } from './slips.ts';
import type { Open, Right, Wrong } from './verdict.ts';

/** A number of digits, the last of which is the Luhn digit. */
function digits(count: number): Shape {
  return { places: new Array<'digit'>(count).fill('digit'), isRight: isLuhn };
}

const BROAD_GAUGE = digits(8);
const UIC = digits(12);

/** The number of a wagon, as a whole: 12 digits (UIC 438), or 8 on 1520 mm. */
export function checkWagon(text: string): Right | Wrong {
  const number = bare(text);
  if (number.length <= 8) return lengths(judgeWhole(number, BROAD_GAUGE));
  return lengths(judgeWhole(number, UIC));
}

/** A number that is too short may lack digits of either. */
function lengths(verdict: Right | Wrong): Right | Wrong {
  if (verdict.state === 'right' || verdict.flaw.code !== 'too-short') return verdict;
  const { length } = verdict.flaw;
  return wrong(verdict.number, { code: 'too-short', length, wanted: [8, 12] }, verdict.offers);
}

/** The number of a wagon, while it is typed: behind 8 digits, right or not, 4 more may come. */
export function typeWagon(text: string): Right | Open | Wrong {
  const number = bare(text);
  const uic = judgeTyping(number, UIC);
  if (uic.state !== 'open') return uic;
  const isBroadGauge = number.length === 8 && isLuhn(number);
  if (isBroadGauge) return { state: 'right', number, next: uic.next };
  // The check digit of eight can be told only if the wagon is one of those: so it is left to the whole.
  return uic;
}
