/**
 * What is wrong with a number that a person types, and what was probably meant. It is right here exactly where the device
 * takes it: the arithmetic is the device's own. Runs on the host and in a browser.
 */
import { KEY_CONSIGNMENT, KEY_SEALS, SCHEMA } from '../../firmware/config/schema.ts';
import { consignmentPart } from './consignment.ts';
import { checkContainer, typeContainer } from './container.ts';
import { checkList, typeList } from './list.ts';
import { sealPart } from './seals.ts';
import { wrong } from './shape.ts';
import type { NumberKind, Open, Right, Wrong } from './verdict.ts';
import { checkWagon, typeWagon } from './wagon.ts';

const LONGEST_CONSIGNMENT = SCHEMA[KEY_CONSIGNMENT - 1].high;
const LONGEST_SEALS = SCHEMA[KEY_SEALS - 1].high;

const whole: Readonly<Record<NumberKind, (text: string) => Right | Wrong>> = {
  container: checkContainer,
  wagon: checkWagon,
  consignment: (text) => checkList(text, consignmentPart, LONGEST_CONSIGNMENT),
  seals: (text) => checkList(text, sealPart, LONGEST_SEALS),
};

const typing: Readonly<Record<NumberKind, (text: string) => Right | Open | Wrong>> = {
  container: typeContainer,
  wagon: typeWagon,
  consignment: (text) => typeList(text, consignmentPart, LONGEST_CONSIGNMENT),
  seals: (text) => typeList(text, sealPart, LONGEST_SEALS),
};

/** A number, or a list of them with commas, that is whole. Spaces, hyphens and lower case are as good. */
export function checkNumber(kind: NumberKind, text: string): Right | Wrong {
  return text.trim() === '' ? wrong('', { code: 'empty' }) : whole[kind](text);
}

/** What has been typed of a number so far: right, still open, or wrong whatever comes behind it. */
export function checkTyping(kind: NumberKind, text: string): Right | Open | Wrong {
  return typing[kind](text);
}

/** Whether a key of the configuration holds such a number. */
export function isNumberKind(form: string): form is NumberKind {
  return form in whole;
}
