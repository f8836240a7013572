import { fits, meant, nextOf } from './places.ts';
import { checkDigit, likely, misfit, type Shape } from './slips.ts';
import type { Flaw, Next, Offer, Open, Place, Right, Slip, Wrong } from './verdict.ts';

export function wrong(number: string, flaw: Flaw, offers: readonly Offer[] = []): Wrong {
  return { state: 'wrong', number, flaw, offers };
}

/** `number` with what was probably meant where a character does not fit; null where that is not known. */
function mended(number: string, places: readonly Place[]): { number: string; slips: Slip[] } | null {
  const slips: Slip[] = [];
  const characters = [...number].map((found, at) => {
    const place = places[at] ?? 'digit';
    if (fits(place, found)) return found;
    const wanted = meant(place, found);
    if (wanted !== null) slips.push({ code: 'confused', at, found, wanted });
    return wanted;
  });
  return characters.includes(null) ? null : { number: characters.join(''), slips };
}

function withCheckDigit(number: string, shape: Shape, slips: readonly Slip[]): Offer[] {
  const wanted = checkDigit(shape, number);
  if (wanted === undefined) return [];
  const slip: Slip = { code: 'missing', at: number.length, found: '', wanted };
  return [{ number: number + wanted, slips: [...slips, slip] }];
}

/** What was probably meant by a number that is wrong, also one that only lacks its check digit. */
function offersFor(number: string, shape: Shape): Offer[] {
  const mend = mended(number, shape.places);
  if (mend === null) return [];
  const missing = shape.places.length - number.length;
  if (missing === 1) return withCheckDigit(mend.number, shape, mend.slips);
  if (missing !== 0) return [];
  return shape.isRight(mend.number) ? [mend] : likely(mend.number, shape, mend.slips);
}

/** The character at `at`, which cannot stand there. */
export function misplaced(number: string, at: number, place: Place): Flaw {
  const found = number.charAt(at);
  return { code: 'character', at, found, place, wanted: meant(place, found) };
}

/** Of a number that is said to be whole. */
export function judgeWhole(number: string, shape: Shape): Right | Wrong {
  const { places } = shape;
  const length = number.length;
  const at = misfit(number, places);
  if (at >= 0) return wrong(number, misplaced(number, at, places[at] ?? 'digit'), offersFor(number, shape));
  if (length > places.length) return wrong(number, { code: 'too-long', length, most: places.length });
  if (length < places.length)
    return wrong(number, { code: 'too-short', length, wanted: [places.length] }, offersFor(number, shape));
  if (shape.isRight(number)) return { state: 'right', number, next: null };
  const last = length - 1;
  const found = number.charAt(last);
  const flaw = { code: 'check-digit', at: last, found, wanted: checkDigit(shape, number) ?? found } as const;
  return wrong(number, flaw, offersFor(number, shape));
}

/** Of what has been typed so far. */
export function judgeTyping(number: string, shape: Shape): Right | Open | Wrong {
  if (number.length >= shape.places.length || misfit(number, shape.places) >= 0)
    return judgeWhole(number, shape);
  return { state: 'open', number, next: nextIn(number, shape) };
}

function nextIn(number: string, shape: Shape): Next {
  const inFront = shape.places.length - 1;
  if (number.length < inFront) return nextOf(shape.places.slice(0, inFront), number.length);
  return { code: 'check-digit', digit: checkDigit(shape, number) ?? '' };
}
