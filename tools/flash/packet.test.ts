import { expect, test } from 'vitest';
import { announcement, DATA, isSendable, packet, pieces } from './packet.ts';

test('a packet begins with DLE SOH, its type and its length', () => {
  expect(packet(DATA, 'abc')).toBe('\x10\x01\x80\x03abc');
  expect(packet(DATA, 'a'.repeat(512)).slice(0, 4)).toBe('\x10\x01\x82\x00');
});

test('no byte of a length is one that the port or the interpreter takes out', () => {
  for (let length = 1; length < 1200; length++) {
    const content = 'x'.repeat(length);
    const sent = pieces(content, 512);
    expect(sent.join('')).toBe(content);
    for (const piece of sent)
      for (const taken of '\x03\x04\x11\x13') expect(packet(DATA, piece).slice(2, 4)).not.toContain(taken);
  }
});

test('an announcement is JSON of the name and the size, of a length that can be sent', () => {
  for (let size = 1; size < 1e6; size = size * 3 + 1) {
    const text = announcement('cr-01234567', size);
    expect(JSON.parse(text.slice(4))).toEqual({ fn: 'cr-01234567', s: size });
    expect(isSendable(text.length - 4)).toBe(true);
  }
});
