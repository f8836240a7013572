import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  containerCheckDigit,
  isConsignment,
  isConsignmentShape,
  isContainerShape,
  isLuhn,
  isSeals,
  isWagonShape,
} from '../../firmware/config/numbers.ts';
import { checkNumber, checkTyping } from './check-number.ts';
import type { NumberKind } from './verdict.ts';
import { flawWords, nextWords, offerWords } from './words.ts';

function offered(kind: NumberKind, text: string): string[] {
  const verdict = checkNumber(kind, text);
  return verdict.state === 'wrong' ? verdict.offers.map(({ number }) => number) : [];
}

function said(kind: NumberKind, text: string): string {
  const verdict = checkNumber(kind, text);
  return verdict.state === 'wrong' ? flawWords(verdict.flaw) : 'right';
}

test.each<[NumberKind, string, string]>([
  ['container', ' csqu 305438-3 ', 'CSQU3054383'],
  ['container', 'CSQU 305438 3', 'CSQU3054383'],
  // Cyrillic letters that look as Latin ones do.
  ['container', '\u0421SQU3054383', 'CSQU3054383'],
  ['wagon', '21-81-2471217-3', '218124712173'],
  ['wagon', '9460 1234', '94601234'],
  ['consignment', 'cim 70268-8', 'CIM:702688'],
  ['consignment', 'CIM: 70268\u20118 , smgs:ab 17', 'CIM:702688,SMGS:AB17'],
  ['seals', 'h: ml-cn 1234567, S 99', 'H:ML-CN1234567,S:99'],
])('%s "%s" is taken as %s', (kind, text, number) => {
  expect(checkNumber(kind, text)).toEqual({ state: 'right', number, next: null });
});

test.each<[NumberKind, string, string, string]>([
  ['container', 'CSQU3054384', 'the check digit is 4, and the others ask for 3', 'CSQU3054383'],
  ['container', 'CSQU3O54383', 'character 6 is O and must be a digit, probably 0', 'CSQU3054383'],
  ['container', 'C5QU3054383', 'character 2 is 5 and must be a letter A to Z, probably S', 'CSQU3054383'],
  ['container', 'CSQV3054383', 'character 4 is V and must be U, J or Z, probably U', 'CSQU3054383'],
  ['container', 'CSQU305438', 'it has 10 characters and needs 11', 'CSQU3054383'],
  ['wagon', '218124712174', 'the check digit is 4, and the others ask for 3', '218124712173'],
  ['wagon', '2l8124712I73', 'character 2 is L and must be a digit, probably 1', '218124712173'],
  ['wagon', '9460123', 'it has 7 characters and needs 8 or 12', '94601234'],
  ['wagon', '21812471217', 'it has 11 characters and needs 8 or 12', '218124712173'],
  ['consignment', 'CIM:702687', 'the check digit is 7, and the others ask for 8', 'CIM:702688'],
  ['consignment', 'CIM:7O2688', 'character 6 is O and must be a digit, probably 0', 'CIM:702688'],
  ['consignment', 'CIM:70268', 'it has 5 characters and needs 6', 'CIM:702688'],
  ['consignment', '70268-8', '70268-8 is no type: CIM or SMGS, and a colon', 'CIM:702688'],
  ['seals', 'H1234567', 'H1234567 is no type: H or S or I, and a colon', 'H:1234567'],
])('%s "%s": %s', (kind, text, sentence, first) => {
  expect(said(kind, text)).toBe(sentence);
  expect(offered(kind, text)[0]).toBe(first);
});

test.each<[NumberKind, string, string]>([
  ['container', '', 'nothing stands there'],
  ['container', 'CSQU30543833', 'it has 12 characters, 11 at most'],
  ['container', 'C\u0416QU3054383', 'character 2 is \u0416 and must be a letter A to Z'],
  ['wagon', '9460123456789', 'it has 13 characters, 12 at most'],
  ['consignment', 'SMGS:', 'it has 0 characters and needs 1'],
  ['consignment', `CIM:${'1'.repeat(17)}`, 'it has 17 characters, 16 at most'],
  ['seals', 'X:1', 'X is no type: H or S or I, and a colon'],
  ['seals', 'H:A_1', 'character 4 is _ and must be a letter A to Z, a digit or a hyphen'],
  ['seals', 'H:1,,S:2', 'nothing stands there'],
  ['seals', 'H:1,S:+2', 'character 7 is + and must be a letter A to Z, a digit or a hyphen'],
  ['seals', new Array(9).fill('H:123456').join(','), 'it has 80 characters, 64 at most'],
])('%s "%s": %s, and nothing is made up', (kind, text, sentence) => {
  expect(said(kind, text)).toBe(sentence);
  expect(offered(kind, text)).toEqual([]);
});

test('in a list the one that is wrong is mended, and places are counted in the whole', () => {
  expect(said('consignment', 'SMGS:1,CIM:7O2688,SMGS:2')).toMatch(/^character 13 is O/);
  expect(offered('consignment', 'SMGS:1,CIM:7O2688,SMGS:2')).toEqual(['SMGS:1,CIM:702688,SMGS:2']);
  expect(offered('seals', 'H17,H:2,S3')).toEqual(['H:17,H:2,S:3']);
  expect(offered('seals', 'H17,X,S3')).toEqual([]);
});

test('the check digit comes first, then swapped neighbours, then other digits: three at most', () => {
  const verdict = checkNumber('container', 'CSQU3045383');
  expect(verdict.state === 'wrong' && verdict.offers.map(({ slips }) => slips[0]?.code)).toEqual([
    'check-digit',
    'transposed',
    'digit',
  ]);
  expect(offered('container', 'CSQU3045383')[1]).toBe('CSQU3054383');
  expect(verdict.state === 'wrong' && offerWords(verdict.offers.slice(1, 2))).toBe(
    'CSQU3054383 (characters 7 and 8 swapped)',
  );
});

test('each offer is right, and what was meant is among the first three after a swap of two neighbours', () => {
  let found = 0;
  let swaps = 0;
  for (let serial = 946_000; serial < 946_400; serial++) {
    const digits = `${serial}1`;
    const number = `${digits}${[...'0123456789'].find((digit) => isLuhn(digits + digit))}`;
    for (let at = 0; at < 7; at++) {
      const swapped = number.slice(0, at) + number.charAt(at + 1) + number.charAt(at) + number.slice(at + 2);
      if (isLuhn(swapped)) continue;
      const offers = offered('wagon', swapped);
      for (const offer of offers) expect(checkNumber('wagon', offer).state, offer).toBe('right');
      swaps++;
      if (offers.includes(number)) found++;
    }
  }
  expect(found / swaps).toBeGreaterThan(0.8);
});

const anyText = fc.oneof(
  fc.string({ maxLength: 70 }),
  fc.string({ unit: fc.constantFrom(...'CIMSGHUQ:,-0123456789O '), maxLength: 20 }),
  fc.stringMatching(/^[A-Z]{3}[UJZ][0-9]{7}$/),
  fc.stringMatching(/^([0-9]{8}|[0-9]{12})$/),
  fc.stringMatching(/^CIM:[0-9]{6,16}(,SMGS:[A-Z0-9-]{1,16})?$/),
  fc.stringMatching(/^[HSI]:[A-Z0-9-]{1,16}(,[HSI]:[A-Z0-9-]{1,16})?$/),
);

const onDevice: Record<NumberKind, (text: string) => boolean> = {
  container: (text) => isContainerShape(text) && containerCheckDigit(text) === Number(text.charAt(10)),
  wagon: (text) => isWagonShape(text) && isLuhn(text),
  consignment: (text) => isConsignmentShape(text) && isConsignment(text),
  seals: isSeals,
};
const kinds = Object.keys(onDevice) as NumberKind[];

test('right here is exactly what the device takes, and so is each offer', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), anyText, (kind, text) => {
      const verdict = checkNumber(kind, text);
      const most = kind === 'consignment' ? 48 : 64;
      if (verdict.number.length <= most)
        expect(verdict.state === 'right', verdict.number).toBe(onDevice[kind](verdict.number));
      if (verdict.state === 'right') return;
      expect(verdict.offers.length).toBeLessThanOrEqual(3);
      for (const { number, slips } of verdict.offers) {
        expect(onDevice[kind](number), number).toBe(true);
        expect(slips.length).toBeGreaterThan(0);
      }
      expect(flawWords(verdict.flaw)).not.toMatch(/undefined|null/);
    }),
    { numRuns: 4000, seed: 6346 },
  );
});

test('no number that is right is called wrong while it is typed', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), anyText, (kind, text) => {
      const { state, number } = checkNumber(kind, text);
      if (state !== 'right') return;
      for (let length = 0; length <= number.length; length++)
        expect(checkTyping(kind, number.slice(0, length)).state, number.slice(0, length)).not.toBe('wrong');
      expect(checkTyping(kind, number).state).toBe('right');
    }),
    { numRuns: 4000, seed: 438 },
  );
});

test.each<[NumberKind, string, string]>([
  ['container', '', '3 more letters'],
  ['container', 'cs', '1 more letter'],
  ['container', 'csq', 'U for a container (J equipment, Z trailer)'],
  ['container', 'csqu 30', '4 more digits'],
  ['container', 'csqu 305438', 'the check digit, 3'],
  ['wagon', '21 81', '7 more digits'],
  ['wagon', '94601234', '3 more digits'],
  ['wagon', '21812471217', 'the check digit, 3'],
  ['consignment', '', 'CIM or SMGS, and a colon'],
  ['consignment', 'CIM:70', '3 more digits'],
  ['consignment', 'CIM:70268', 'the check digit, 8'],
  ['consignment', 'CIM:702687', 'the check digit, 2'],
  ['seals', 'H', 'H or S or I, and a colon'],
  ['seals', 'H:1,S:123', 'up to 13 more letters or digits'],
])('while %s "%s" is typed, what comes next is %s', (kind, text, words) => {
  const verdict = checkTyping(kind, text);
  expect(verdict.state !== 'wrong' && verdict.next && nextWords(verdict.next)).toBe(words);
});

test.each<[NumberKind, string, string]>([
  ['container', 'CS7', 'character 3 is 7 and must be a letter A to Z'],
  ['container', 'CSQU3O', 'character 6 is O and must be a digit, probably 0'],
  ['container', 'CSQU3054384', 'the check digit is 4, and the others ask for 3'],
  ['wagon', '946A', 'character 4 is A and must be a digit'],
  ['consignment', 'CIM:70268X', 'character 10 is X and must be a digit'],
  ['seals', 'X', 'X is no type: H or S or I, and a colon'],
])('%s "%s" cannot become right any more: %s', (kind, text, words) => {
  const verdict = checkTyping(kind, text);
  expect(verdict.state === 'wrong' && flawWords(verdict.flaw)).toBe(words);
});
