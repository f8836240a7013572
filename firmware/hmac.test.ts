import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { mockCrypto } from '../hal/mock/crypto.ts';
import { hmacSha256 } from './hmac.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test.each([
  [1, Buffer.alloc(20, 0x0b), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    2,
    Buffer.from('Jefe'),
    'what do ya want for nothing?',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
])('test case %d of RFC 4231', (_, key, message, mac) => {
  expect(hex(hmacSha256(key, Buffer.from(message), mockCrypto))).toBe(mac);
});

test.each([0, 1, 32, 63, 64])('a key of %d bytes gives what Node gives', (length) => {
  const key = Buffer.alloc(length, 0xc3);
  for (const size of [0, 1, 55, 64, 512]) {
    const message = Buffer.alloc(size, 0x5a);
    const expected = createHmac('sha256', key).update(message).digest('hex');
    expect(hex(hmacSha256(key, message, mockCrypto))).toBe(expected);
  }
});

test('neither key nor message is changed', () => {
  const [key, message] = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5)];
  hmacSha256(key, message, mockCrypto);
  expect([[...key], [...message]]).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});
