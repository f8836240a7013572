import type { Crypto } from '../crypto.ts';
import { immediate, type Rule, unless } from './rule.ts';

function ascii(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** ASCII, and one byte behind it. */
function latin1(text: string, last: number): Uint8Array {
  const bytes = new Uint8Array(text.length + 1);
  bytes.set(ascii(text), 0);
  bytes[text.length] = last;
  return bytes;
}

function hex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += bytes[i].toString(16).padStart(2, '0');
  return text;
}

/** FIPS 180-4, and its example of one block. */
const SHA256_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const SHA256_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

/** The contract of hal/crypto.ts. */
export function cryptoContract(crypto: Crypto): Rule[] {
  const crc = (name: string, bytes: Uint8Array, expected: number): Rule =>
    immediate(name, () => {
      const got = crypto.crc32(bytes);
      return unless(got === expected, `gave ${got}`);
    });
  const sha = (name: string, bytes: Uint8Array, expected: string): Rule =>
    immediate(name, () => {
      const got = crypto.sha256(bytes);
      return unless(got.length === 32 && hex(got) === expected, `gave ${hex(got)}`);
    });
  const base64 = (name: string, bytes: Uint8Array, expected: string): Rule =>
    immediate(name, () => {
      const got = crypto.base64(bytes);
      return unless(got === expected, `gave ${got}`);
    });
  const inside = ascii('--123456789--');
  return [
    crc('gives the check value of CRC-32, unsigned', ascii('123456789'), 0xcbf43926),
    crc('gives 0 for the CRC-32 of nothing', new Uint8Array(0), 0),
    crc('takes a view for what it shows and no more', new Uint8Array(inside.buffer, 2, 9), 0xcbf43926),
    immediate('gives the CRC-32 of a text as of its bytes', () =>
      unless(crypto.crc32('123456789\xff') === crypto.crc32(latin1('123456789', 255)), 'differs'),
    ),
    base64('gives base64 with its padding', ascii('fooba'), 'Zm9vYmE='),
    base64('gives base64 of every kind of byte', new Uint8Array([0, 255, 254, 128]), 'AP/+gA=='),
    base64('gives base64 of a view for what it shows', new Uint8Array(inside.buffer, 2, 3), 'MTIz'),
    sha('gives the standard SHA-256 of abc', ascii('abc'), SHA256_OF_ABC),
    sha('gives the standard SHA-256 of nothing', new Uint8Array(0), SHA256_OF_NOTHING),
    sha(
      'hashes a view for what it shows and no more',
      new Uint8Array(ascii('-abc-').buffer, 1, 3),
      SHA256_OF_ABC,
    ),
    immediate('gives each caller a hash of its own', () => {
      const first = crypto.sha256(ascii('abc'));
      crypto.sha256(ascii('abd'));
      return unless(hex(first) === SHA256_OF_ABC, 'the first changed with the second');
    }),
  ];
}
