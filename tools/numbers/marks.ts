import { LONGEST_NUMBER } from '../../firmware/config/numbers.ts';
import { misplaced, wrong } from './shape.ts';
import { misfit } from './slips.ts';
import type { Open, Place, Right, Wrong } from './verdict.ts';

const PLACES = new Array<Place>(LONGEST_NUMBER).fill('mark');

/** A number without a check digit: 1 to 16 of A-Z 0-9 and the hyphen. */
export function wholeMarks(number: string): Right | Wrong {
  const verdict = typeMarks(number);
  if (verdict.state !== 'open') return { ...verdict, ...(verdict.state === 'right' ? { next: null } : {}) };
  return wrong(number, { code: 'too-short', length: 0, wanted: [1] });
}

/** The same while it is typed. */
export function typeMarks(number: string): Right | Open | Wrong {
  const at = misfit(number, PLACES);
  if (at >= 0) return wrong(number, misplaced(number, at, 'mark'));
  const left = LONGEST_NUMBER - number.length;
  if (left < 0) return wrong(number, { code: 'too-long', length: number.length, most: LONGEST_NUMBER });
  if (number === '') return { state: 'open', number, next: { code: 'marks', left } };
  return { state: 'right', number, next: left > 0 ? { code: 'marks', left } : null };
}

/** What stands where one of these types should. */
export function noType(number: string, known: readonly string[]): Wrong {
  if (number === '') return wrong(number, { code: 'empty' });
  return wrong(number, { code: 'type', at: 0, found: number.split(':')[0] ?? '', known });
}
