import { expect, test } from 'vitest';
import {
  containerCheckDigit,
  isConsignment,
  isConsignmentShape,
  isContainerShape,
  isLuhn,
  isSeals,
  isWagonShape,
} from './numbers.ts';

const DIGITS = [...'0123456789'];

function luhnDigit(digits: string): string | undefined {
  return DIGITS.find((digit) => isLuhn(digits + digit));
}

/** `number` with one digit changed, in every way. */
function slips(number: string): string[] {
  return [...number].flatMap((found, at) =>
    DIGITS.filter((digit) => digit !== found && found <= '9').map(
      (digit) => number.slice(0, at) + digit + number.slice(at + 1),
    ),
  );
}

/** `number` with two different neighbours swapped, in every way. */
function swaps(number: string): string[] {
  return [...number].slice(1).flatMap((second, at) => {
    const first = number.charAt(at);
    return first === second ? [] : [number.slice(0, at) + second + first + number.slice(at + 2)];
  });
}

test.each([
  ['CSQU305438', 3],
  ['MSKU907032', 3],
  ['APZU481209', 0],
  ['RREU100007', 0],
])('the check digit of container %s is %i', (number, digit) => {
  expect(containerCheckDigit(number)).toBe(digit);
  expect(isContainerShape(`${number}${digit}`)).toBe(true);
});

test('letters count 10 to 38 without multiples of 11', () => {
  // With the first letter alone at a place of weight 1, the sum tells its value: 10, 12 ... 38.
  const values = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map(
    (_, at) => 10 + at + (at > 0 ? 1 : 0) + (at > 10 ? 1 : 0) + (at > 20 ? 1 : 0),
  );
  expect(values.some((value) => value % 11 === 0)).toBe(false);
  for (const [at, letter] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].entries())
    expect(containerCheckDigit(`${letter}000000000`), letter).toBe(((values[at] ?? 0) % 11) % 10);
});

test('each check digit of a container comes up, and one alone fits', () => {
  const seen = new Set<number>();
  for (let serial = 0; serial < 1000; serial++) {
    const number = `CSQU${String(serial).padStart(6, '0')}`;
    const fitting = DIGITS.filter((digit) => containerCheckDigit(`${number}${digit}`) === Number(digit));
    expect(fitting, number).toHaveLength(1);
    seen.add(Number(fitting[0]));
  }
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a container with one wrong digit, or two neighbours swapped, is caught unless the remainders are 0 and 10', () => {
  const isRight = (number: string) => containerCheckDigit(number) === Number(number.charAt(10));
  for (const number of ['CSQU3054383', 'MSKU9070323'])
    for (const other of [...slips(number), ...swaps(number).filter(isContainerShape)])
      expect(isRight(other), other).toBe(false);
});

test('the known weakness of ISO 6346: remainders 0 and 10 have the same check digit, so a slip between them is missed', () => {
  // 0 for 5 with the weight 64 adds 320, which is 1 more than a multiple of 11: from remainder 10 to 0.
  expect(containerCheckDigit('RREU100007')).toBe(0);
  expect(containerCheckDigit('RREU105007')).toBe(0);
  const missed = slips('RREU1000070').filter(
    (number) => containerCheckDigit(number) === Number(number.charAt(10)),
  );
  expect(missed).toContain('RREU1050070');
});

test.each([
  ['21812471217', '3'],
  ['51800843001', '0'],
  ['9460123', '4'],
  ['5987654', '0'],
  ['70268', '8'],
])('the Luhn digit of %s is %s', (digits, last) => {
  expect(luhnDigit(digits)).toBe(last);
});

test('each Luhn digit comes up, and one alone fits: all wagons of one series', () => {
  const seen = new Map<string, number>();
  for (let serial = 0; serial < 10_000; serial++) {
    const digits = `946${String(serial).padStart(4, '0')}`;
    const fitting = DIGITS.filter((digit) => isLuhn(digits + digit));
    expect(fitting, digits).toHaveLength(1);
    seen.set(fitting[0] ?? '', (seen.get(fitting[0] ?? '') ?? 0) + 1);
  }
  expect([...seen.values()]).toEqual(new Array(10).fill(1000));
});

test.each(['218124712173', '94601234', '702688'])('each wrong digit in %s is caught', (number) => {
  for (const other of slips(number)) expect(isLuhn(other), other).toBe(false);
});

test('of swapped neighbours Luhn misses 09 and 90 alone', () => {
  for (let consignment = 0; consignment < 100_000; consignment += 7) {
    const digits = String(consignment).padStart(5, '0');
    const number = `${digits}${luhnDigit(digits)}`;
    for (const other of swaps(number)) {
      const at = [...number].findIndex((digit, index) => digit !== other.charAt(index));
      expect(isLuhn(other), `${number} ${other}`).toBe(['09', '90'].includes(number.slice(at, at + 2)));
    }
  }
});

test.each([
  ['csqu3054383', false],
  ['CSQX3054383', false],
  ['CSQJ3054383', true],
  ['CSQZ3054383', true],
  ['CSQU305438', false],
  ['CSQU30543833', false],
  ['CSQU3O54383', false],
  ['C5QU3054383', false],
])('whether %s has the shape of a container: %s', (text, expected) => {
  expect(isContainerShape(text)).toBe(expected);
});

test.each([
  ['94601234', true],
  ['218124712173', true],
  ['', false],
  ['9460123', false],
  ['9460123456', false],
  ['9460123A', false],
])('whether "%s" has the shape of a wagon: %s', (text, expected) => {
  expect(isWagonShape(text)).toBe(expected);
});

test.each([
  ['CIM:702688', true, true],
  ['CIM:80003702688', true, true],
  ['CIM:702687', true, false],
  ['CIM:702688,SMGS:AB-17', true, true],
  ['SMGS:AB-17,CIM:702687', true, false],
  ['CIM:70268', false, false],
  ['CIM:70268A', false, true],
  ['SMGS:', false, true],
  ['702688', false, true],
  ['CIM:702688,', false, true],
])('consignment %s: shape %s', (text, shape, digits) => {
  expect(isConsignmentShape(text)).toBe(shape);
  if (shape) expect(isConsignment(text)).toBe(digits);
});

test.each([
  ['H:ML-CN1234567', true],
  ['H:1,S:2,I:3', true],
  ['X:1', false],
  ['H:', false],
  ['H:12345678901234567', false],
  ['h:1', false],
  ['H:1,', false],
])('whether "%s" is a list of seals: %s', (text, expected) => {
  expect(isSeals(text)).toBe(expected);
});
