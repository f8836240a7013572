import { behind, type Part } from './list.ts';
import { noType, typeMarks, wholeMarks } from './marks.ts';
import { typed } from './normalise.ts';
import type { Open, Right, Wrong } from './verdict.ts';

/** ISO 17712: high security, security, indicative. */
const TYPES = ['H', 'S', 'I'];

function judge<V extends Right | Open | Wrong>(number: string, marks: (text: string) => V): V | Wrong {
  const [type = '', ...rest] = number.split(':');
  if (TYPES.includes(type) && rest.length === 1) return behind(`${type}:`, marks(rest.join('')));
  const found = noType(number, TYPES);
  const bare = number.slice(1);
  const isOffered = TYPES.includes(number.charAt(0)) && wholeMarks(bare).state === 'right';
  if (!isOffered) return found;
  const slips = [{ code: 'type', at: 1, found: '', wanted: ':' }] as const;
  return { ...found, offers: [{ number: `${number.charAt(0)}:${bare}`, slips }] };
}

/** One seal: its type, a colon, its number. */
export const sealPart: Part = {
  whole: (text) => judge(typed(text, TYPES), wholeMarks),
  typing: (text) => {
    const number = typed(text, TYPES);
    if (number === '' || TYPES.includes(number))
      return { state: 'open', number, next: { code: 'type', known: TYPES } };
    return judge(number, typeMarks);
  },
};
