import { expect, test } from 'vitest';
import { interpreterIn, whatTalks } from './who-talks.ts';

test('an interpreter is known by its answer to ENQ', () => {
  expect(interpreterIn('>\r\nEspruino 2v29 ESP32\r\n>')).toBe('Espruino 2v29 ESP32');
  expect(interpreterIn('Espruino 2v29.134 LINUX\n')).toBe('Espruino 2v29.134 LINUX');
  expect(interpreterIn('Espruino is Open Source. Our work is supported')).toBeUndefined();
});

test.each([
  ['', { kind: 'nothing' }],
  ['\0\0\0', { kind: 'nothing' }],
  ['\r\n> ', { kind: 'text', text: '>' }],
  ['ets Jul 29 2019 12:21:46\r\nrst:0x1\r\n', { kind: 'text', text: 'rst:0x1' }],
  ['\xe0\x80\xfe\x9f\xc3\xa0ab', { kind: 'garbled' }],
  ['{"id":1,"do":"hello"}*12345678\r\n', { kind: 'nothing' }],
])('%j is %j', (heard, talk) => {
  expect(whatTalks(heard)).toEqual(talk);
});
