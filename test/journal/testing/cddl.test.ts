import { expect, test } from 'vitest';
import { Schema } from './cddl.ts';

const schema = new Schema(`
; a comment
small = -2..3
choice = small / "x" / null / flat
flat = [1, name: small, * (small, tstr)]
any-tail = [0, * any]
bounded = tstr .size (1..2)
exact = bytes .size 2
`);

test.each<[string, unknown, boolean]>([
  ['small', -2, true],
  ['small', 4, false],
  ['small', 1.5, false],
  ['small', '1', false],
  ['choice', 'x', true],
  ['choice', 'y', false],
  ['choice', null, true],
  ['choice', undefined, false],
  ['flat', [1, 3], true],
  ['flat', [1, 3, 0, 'a', 1, 'b'], true],
  ['flat', [1, 3, 0], false],
  ['flat', [1], false],
  ['flat', [2, 3], false],
  ['flat', { 0: 1, 1: 3 }, false],
  ['any-tail', [0], true],
  ['any-tail', [0, {}, []], true],
  ['any-tail', [], false],
  ['bounded', 'ab', true],
  ['bounded', 'ä', true],
  ['bounded', 'äb', false],
  ['bounded', '', false],
  ['exact', Buffer.of(1, 2), true],
  ['exact', Buffer.of(1), false],
  ['exact', 'ab', false],
])('%s of %j is %s', (rule, value, expected) => {
  expect(schema.matches(rule, value)).toBe(expected);
});

test('what is not known here, or broken, is refused', () => {
  for (const text of ['a = { 1: 2 }', 'a = 1 .. ', 'a', 'a = [1', 'a = ]', 'a = #6.1(b)'])
    expect(() => new Schema(text), text).toThrow();
  expect(() => schema.matches('nothing', 1)).toThrow('no rule nothing');
});
