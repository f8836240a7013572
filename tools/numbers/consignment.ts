import { CIM_CHECKED, isLuhn, LONGEST_NUMBER } from '../../firmware/config/numbers.ts';
import { behind, type Part } from './list.ts';
import { noType, typeMarks, wholeMarks } from './marks.ts';
import { typed } from './normalise.ts';
import { judgeWhole, wrong } from './shape.ts';
import { checkDigit, type Shape } from './slips.ts';
import type { Offer, Open, Right, Wrong } from './verdict.ts';

const TYPES = ['CIM', 'SMGS'];
const CIM = 'CIM:';
const SMGS = 'SMGS:';

/** A CIM number: the Luhn digit is about the five digits in front of it, whatever stands before those. */
function cim(count: number): Shape {
  return {
    places: new Array<'digit'>(Math.max(count, CIM_CHECKED)).fill('digit'),
    isRight: (digits) => isLuhn(digits.slice(-CIM_CHECKED)),
  };
}

function wholeCim(digits: string): Right | Wrong {
  if (digits.length <= LONGEST_NUMBER) return judgeWhole(digits, cim(digits.length));
  return wrong(digits, { code: 'too-long', length: digits.length, most: LONGEST_NUMBER });
}

function typeCim(digits: string): Right | Open | Wrong {
  const verdict = wholeCim(digits);
  const left = LONGEST_NUMBER - digits.length;
  if (verdict.state === 'right') return { ...verdict, next: left > 0 ? { code: 'digits', left } : null };
  const canGrow = verdict.flaw.code === 'check-digit' || verdict.flaw.code === 'too-short';
  if (!canGrow || left === 0) return verdict;
  const consignment = digits.slice(1 - CIM_CHECKED);
  if (consignment.length < CIM_CHECKED - 1)
    return { state: 'open', number: digits, next: { code: 'digits', left: CIM_CHECKED - 1 - digits.length } };
  const digit = checkDigit(cim(CIM_CHECKED), consignment) ?? '';
  return { state: 'open', number: digits, next: { code: 'check-digit', digit } };
}

/** A number without a type that is right as a CIM number is offered as one. */
function untyped(text: string): Wrong {
  const found = noType(text, TYPES);
  const digits = text.replace(/-/g, '');
  if (digits.length < CIM_CHECKED || wholeCim(digits).state !== 'right') return found;
  const slips = [{ code: 'type', at: 0, found: '', wanted: CIM }] as const;
  const offers: Offer[] = [{ number: CIM + digits, slips }];
  return { ...found, offers };
}

/** One consignment note: CIM with its check digit, or SMGS, whose numbers have none that is public. */
export const consignmentPart: Part = {
  whole: (text) => {
    const number = typed(text, TYPES);
    if (number.startsWith(CIM)) return behind(CIM, wholeCim(number.slice(CIM.length)));
    if (number.startsWith(SMGS)) return behind(SMGS, wholeMarks(number.slice(SMGS.length)));
    return untyped(number);
  },
  typing: (text) => {
    const number = typed(text, TYPES);
    if (number.startsWith(CIM)) return behind(CIM, typeCim(number.slice(CIM.length)));
    if (number.startsWith(SMGS)) return behind(SMGS, typeMarks(number.slice(SMGS.length)));
    if ([CIM, SMGS].some((type) => type.startsWith(number)))
      return { state: 'open', number, next: { code: 'type', known: TYPES } };
    return untyped(number);
  },
};
