import type { KeySpec } from '../../../firmware/config/schema.ts';
import { ColdrailError } from '../../errors/error.ts';
import { checkNumber, isNumberKind } from '../../numbers/check-number.ts';
import { flawWords, offerWords } from '../../numbers/words.ts';

/**
 * A number as the tracker takes it: upper case, without spaces; of another key what was typed.
 * @throws ColdrailError `config.number` with what is wrong with it and what was probably meant
 */
export function numberWord(spec: KeySpec, word: string): string {
  if (!isNumberKind(spec.form) || word === '' || word === 'none') return word;
  const verdict = checkNumber(spec.form, word);
  if (verdict.state === 'right') return verdict.number;
  const offers = offerWords(verdict.offers);
  throw new ColdrailError('config.number', {
    key: spec.name,
    text: word,
    flaw: flawWords(verdict.flaw),
    offers: offers === '' ? '' : ` Perhaps it is ${offers}.`,
  });
}
