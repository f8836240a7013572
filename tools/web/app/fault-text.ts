import type { KeySpec } from '../../../firmware/config/schema.ts';
import { OK, VALUE_REFUSED } from '../../../hal/faults.ts';
import { problemOf } from '../../console/config-problem.ts';
import { rangeText } from './value-text.ts';
import type { Words } from './words.ts';

/** What is wrong with the value of a key, for a person; undefined for OK. */
export function faultText(words: Words, spec: KeySpec, code: number): string | undefined {
  if (code === OK) return undefined;
  if (code === VALUE_REFUSED) return rangeText(words, spec);
  const { id, sentence } = problemOf(spec.name, code);
  return words.find(`sentence.${id}`) ?? sentence;
}
