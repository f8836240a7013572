import { fits } from './places.ts';
import type { Offer, Place, Slip } from './verdict.ts';

/** A number of fixed length, the last place its check digit. */
export interface Shape {
  readonly places: readonly Place[];
  /** Whether the check digit is right; asked only where every character fits its place. */
  readonly isRight: (number: string) => boolean;
}

/** At most so many are offered: who must choose among more reads the box again. */
export const MOST_OFFERS = 3;

/** Digits that are taken for one another, read or heard badly or hit beside. */
const LOOK_ALIKE = ['17', '38', '56', '68', '08', '06', '49', '35', '27', '89'];

function isLookAlike(one: string, other: string): boolean {
  return LOOK_ALIKE.some((pair) => pair === one + other || pair === other + one);
}

function replaced(number: string, at: number, character: string): string {
  return number.slice(0, at) + character + number.slice(at + 1);
}

/** The check digit that fits; undefined where none does. */
export function checkDigit({ places, isRight }: Shape, number: string): string | undefined {
  const last = places.length - 1;
  return [...'0123456789'].find((digit) => isRight(replaced(number, last, digit)));
}

function transpositions(number: string, { places }: Shape): Offer[] {
  return places.slice(1).flatMap((place, at) => {
    const [one = '', other = ''] = number.slice(at, at + 2);
    const isOne = one !== other && places[at] === place;
    const swapped = number.slice(0, at) + other + one + number.slice(at + 2);
    return isOne ? [{ number: swapped, slips: [{ code: 'transposed', at }] }] : [];
  });
}

function singleDigits(number: string, { places }: Shape): Offer[] {
  return places.flatMap((place, at) => {
    const found = number.charAt(at);
    if (place !== 'digit') return [];
    return [...'0123456789']
      .filter((digit) => digit !== found)
      .map((wanted): Offer => {
        const isLast = at === places.length - 1;
        const code = isLast ? 'check-digit' : isLookAlike(found, wanted) ? 'look-alike' : 'digit';
        return { number: replaced(number, at, wanted), slips: [{ code, at, found, wanted }] };
      });
  });
}

/**
 * The likeliest first. Of slips in writing numbers down 79 % change one digit and 10 % swap two neighbours (Verhoeff, Error
 * Detecting Decimal Codes, 1969). A swap is one of a few, a wrong digit one of a hundred: so a swap that fits comes before
 * a digit that fits. Assumed: of digits, those that look alike, and before all the check digit, which stands apart.
 */
const RANKS: readonly Slip['code'][] = ['check-digit', 'transposed', 'look-alike', 'digit'];

/**
 * Numbers that are right and one slip away from `number`, whose characters all fit their places: the likeliest ones.
 * `before`: slips that were mended already.
 */
export function likely(number: string, shape: Shape, before: readonly Slip[] = []): Offer[] {
  const near = [...singleDigits(number, shape), ...transpositions(number, shape)];
  const rank = ({ slips: [slip] }: Offer): number => (slip ? RANKS.indexOf(slip.code) : 0);
  return near
    .filter((offer) => shape.isRight(offer.number))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_OFFERS)
    .map((offer) => ({ number: offer.number, slips: [...before, ...offer.slips] }));
}

/** The first place whose character cannot stand there; -1 where all can. */
export function misfit(number: string, places: readonly Place[]): number {
  return [...number].findIndex(
    (character, at) => at < places.length && !fits(places[at] ?? 'digit', character),
  );
}
