import { expect, test } from 'vitest';
import { checkedLine, findAnswer } from './checked-line.ts';

test('an answer is found between other text, with XON and XOFF in it', () => {
  expect(findAnswer('>echo\r\n@{"v\x11":5}*3770098233@\r\n>')).toEqual({ value: 5 });
});

test('an answer with a wrong CRC, or half of one, is none', () => {
  expect(findAnswer('@{"v":6}*3770098233@')).toBeUndefined();
  expect(findAnswer('@{"v":5}*37700982')).toBeUndefined();
});

test('a line carries the CRC of its code, and stays a line whatever is in it', () => {
  const line = checkedLine('print("a\\n")\n');
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(line.startsWith('\x10')).toBe(true);
});
