import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { readDeviceKey } from './key.ts';

const HEX = '00112233445566778899aabbccddeeff0123456789abcdef0123456789ABCDEF';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-key-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(content: string | Uint8Array): string {
  const path = join(folder, 'key');
  writeFileSync(path, content);
  return path;
}

function errorOf(text: string): ColdrailError {
  try {
    readDeviceKey(text);
  } catch (error) {
    if (error instanceof ColdrailError) return error;
    throw error;
  }
  throw new Error('no error');
}

test('a key is 64 hexadecimal digits of either case', () => {
  expect(readDeviceKey(HEX)).toEqual(Buffer.from(HEX, 'hex'));
});

test('a key may stand in a file, with @ in front of its path or not, and white space around it', () => {
  for (const content of [HEX, `${HEX}\n`, ` ${HEX}\r\n`]) {
    expect(readDeviceKey(file(content))).toEqual(Buffer.from(HEX, 'hex'));
    expect(readDeviceKey(`@${file(content)}`)).toEqual(Buffer.from(HEX, 'hex'));
  }
});

test.each([
  ['a digit short', HEX.slice(1)],
  ['a digit long', `${HEX}0`],
  ['twice as long', HEX + HEX],
  ['a quarter of it', HEX.slice(0, 16)],
])('a key of the wrong length is refused: %s', (_, text) => {
  expect(errorOf(text).id).toBe('verify.key-malformed');
  expect(errorOf(text).message).toContain(`${text.length} characters`);
  expect(errorOf(file(text)).id).toBe('verify.key-malformed');
});

test('a file that holds something else is refused, however large', () => {
  for (const content of ['', `${HEX.slice(1)}g`, 'z'.repeat(1e6), new Uint8Array(32)])
    expect(errorOf(file(content)).id).toBe('verify.key-malformed');
});

test('a file that is not there, and a folder, are refused', () => {
  expect(errorOf(join(folder, 'none')).id).toBe('verify.key-unreadable');
  expect(errorOf('@').id).toBe('verify.key-unreadable');
  expect(errorOf(folder).id).toBe('verify.key-unreadable');
});

test('no error shows what may be most of a key', () => {
  const nearly = `${HEX.slice(0, 63)}x`;
  for (const text of [HEX.slice(1), nearly, `@${nearly}`, file(nearly)])
    expect(errorOf(text).report().toLowerCase()).not.toContain('0011223344');
});
