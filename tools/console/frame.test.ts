import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crcDigits, decodeFrame, encodeFrame, findFrame, isDamagedFrame } from './frame.ts';

test('a line is the one that docs/console.md describes: object, asterisk, CRC-32', () => {
  expect(encodeFrame({ id: 7, do: 'hello' })).toBe(
    `{"id":7,"do":"hello"}*${crcDigits('{"id":7,"do":"hello"}')}`,
  );
  expect(crcDigits('123456789')).toBe('cbf43926');
});

test('any message comes back, and is ASCII on the way', () => {
  const message = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean()),
    {
      noNullPrototype: true,
    },
  );
  fc.assert(
    fc.property(message, (one) => {
      fc.pre(!('__proto__' in one && Object.hasOwn(one, '__proto__')));
      const line = encodeFrame(one);
      expect(line).toMatch(/^[\x20-\x7e]*$/);
      expect(decodeFrame(line)).toEqual(one);
    }),
    { seed: 11 },
  );
});

test('a message with any one bit flipped is none, and looks like a damaged one', () => {
  const line = encodeFrame({ id: 31, ok: 1, value: 'abc' });
  for (let bit = 0; bit < line.length * 7; bit++) {
    const at = Math.floor(bit / 7);
    const flipped = String.fromCharCode(line.charCodeAt(at) ^ (1 << (bit % 7)));
    const damaged = line.slice(0, at) + flipped + line.slice(at + 1);
    // The case of a digit of the CRC is no damage.
    if (damaged.toLowerCase() === line.toLowerCase() && at > line.lastIndexOf('*')) continue;
    expect(decodeFrame(damaged), damaged).toBeUndefined();
    if (!/[\r\n]/.test(damaged)) expect(isDamagedFrame(damaged), damaged).toBe(true);
  }
});

test('a message is found behind a prompt, noise, and the begin of another', () => {
  const line = encodeFrame({ id: 1, ok: 1 });
  for (const before of ['> ', '\x1b[0m', '{"id":', '{"id":9,"va', '}*00000000 ', '{{{"'])
    expect(findFrame(before + line), before).toEqual({ id: 1, ok: 1 });
});

test.each([
  '',
  '{',
  '{}',
  '{}*',
  '*',
  '{}*0000000',
  '{}*00000000',
  '[]*',
  `[1]*${crcDigits('[1]')}`,
  'reading -18.4',
])('"%s" is no message', (line) => {
  expect(findFrame(line)).toBeUndefined();
});

test('a line for people does not look damaged', () => {
  for (const line of [
    'coldrail TR-0001 power-on 3',
    '> ',
    'error config.refused: A value is out of its range.',
  ])
    expect(isDamagedFrame(line)).toBe(false);
});
