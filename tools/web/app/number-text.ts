import type { Flaw, Next, Offer, Open, Right, Slip, Wrong } from '../../numbers/verdict.ts';
import type { Words } from './words.ts';

/** Why a number is wrong, for a person; characters are counted from 1. */
export function flawText(words: Words, flaw: Flaw): string {
  switch (flaw.code) {
    case 'empty':
      return words.say('number.empty');
    case 'character':
      return words.say(flaw.wanted === null ? 'number.character' : 'number.character-meant', {
        at: flaw.at + 1,
        found: flaw.found,
        place: words.find(`number.place.${flaw.place}`) ?? '',
        wanted: flaw.wanted ?? '',
      });
    case 'too-short':
      return words.say('number.too-short', { length: flaw.length, wanted: flaw.wanted.join(' / ') });
    case 'too-long':
      return words.say('number.too-long', { length: flaw.length, most: flaw.most });
    case 'check-digit':
      return words.say('number.check-digit', { at: flaw.at + 1, found: flaw.found, wanted: flaw.wanted });
    case 'type':
      return words.say('number.type', { found: flaw.found, known: flaw.known.join(', ') });
  }
}

/** What comes next. */
export function nextText(words: Words, next: Next): string {
  if (next.code === 'category') return words.say('number.next.category');
  if (next.code === 'check-digit') return words.say('number.next.check-digit', { digit: next.digit });
  if (next.code === 'type') return words.say('number.type', { found: '', known: next.known.join(', ') });
  return words.say(`number.next.${next.code}`, { count: next.left });
}

export function slipText(words: Words, slip: Slip): string {
  if (slip.code === 'transposed')
    return words.say('number.slip.transposed', { at: slip.at + 1, next: slip.at + 2 });
  if (slip.code === 'missing' || slip.code === 'type')
    return words.say('number.slip.missing', { wanted: slip.wanted });
  return words.say('number.slip.other', { at: slip.at + 1, found: slip.found, wanted: slip.wanted });
}

export function offerText(words: Words, offer: Offer): string {
  return offer.slips.map((slip) => slipText(words, slip)).join(', ');
}

/** What there is to say of a number that is not wrong. */
export function noteText(words: Words, verdict: Right | Open | Wrong): string | undefined {
  if (verdict.state === 'right') return `\u2713 ${words.say('number.right')}`;
  return verdict.state === 'open' ? nextText(words, verdict.next) : undefined;
}
