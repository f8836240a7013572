import type { Next, Place } from './verdict.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

const CHARACTERS: Readonly<Record<Place, string>> = {
  letter: LETTERS,
  category: 'UJZ',
  digit: DIGITS,
  mark: `${LETTERS}${DIGITS}-`,
};

/** What looks alike in print, or on a dirty door: a letter, and the digit that it is taken for. */
const CONFUSED = ['O0', 'I1', 'S5', 'B8', 'Z2', 'Q0', 'D0', 'L1', 'G6'];

/** Whether this one character may stand in such a place. */
export function fits(place: Place, character: string): boolean {
  return CHARACTERS[place].includes(character);
}

/** What a character that does not fit was meant to be; null where nothing that fits looks like it. */
export function meant(place: Place, character: string): string | null {
  // Nearly all boxes are freight containers; J and Z are for equipment and trailers (ISO 6346, 3.2).
  if (place === 'category') return 'U';
  for (const [letter = '', digit = ''] of CONFUSED) {
    if (place === 'digit' && character === letter) return digit;
    if (place === 'letter' && character === digit) return letter;
  }
  return null;
}

/** What comes in the place `at`, where the last of the places is not a check digit. */
export function nextOf(places: readonly Place[], at: number): Next {
  const place = places[at] ?? 'digit';
  if (place === 'category') return { code: 'category' };
  const same = places.slice(at).findIndex((one) => one !== place);
  const left = same < 0 ? places.length - at : same;
  return { code: place === 'letter' ? 'letters' : place === 'mark' ? 'marks' : 'digits', left };
}
