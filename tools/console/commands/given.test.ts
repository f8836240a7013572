/** What a person gives on the command line or in files. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { specOf } from '../display.ts';
import { readConfigFile } from './config-file.ts';
import { numberWord } from './number-word.ts';
import { partialImage } from './partial-image.ts';
import { pinSource } from './pin.ts';
import { transferLine } from './transfer-line.ts';
import { whoOf } from './who.ts';

const folder = mkdtempSync(join(tmpdir(), 'coldrail-given-'));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

afterEach(() => vi.unstubAllEnvs());

test('a configuration file gives its values', () => {
  const path = file(
    'good.json',
    '{"format":1,"device":"TR-1","config":{"intervalS":600,"rules":null,"apn":"x"}}',
  );
  expect(readConfigFile(path)).toEqual({ intervalS: 600, rules: null, apn: 'x' });
});

test.each([
  ['half a file', '{"format":1,"config":{"interv'],
  ['an empty file', ''],
  ['a bare map', '{"intervalS":600}'],
  ['a list', '[1,2]'],
  ['another format', '{"format":2,"config":{}}'],
  ['no values', '{"format":1}'],
  ['a nested value', '{"format":1,"config":{"rules":[1,2]}}'],
])('%s is no configuration file', (name, content) => {
  expect(() => readConfigFile(file(`${name}.json`, content))).toThrow(
    expect.objectContaining({ id: 'config.file' }),
  );
});

test('a file that is not there is told', () => {
  expect(() => readConfigFile(join(folder, 'none.json'))).toThrow(
    expect.objectContaining({ id: 'config.file' }),
  );
});

test('who it was is taken from the machine as far as the journal takes it', () => {
  expect(whoOf(undefined, 'Lee Müller')).toBe('LeeMller');
  expect(whoOf(undefined, 'a'.repeat(40))).toHaveLength(16);
  expect(whoOf(undefined, '李')).toBe('unnamed');
  expect(whoOf('a-lee')).toBe('a-lee');
  for (const text of ['', 'a b', 'x'.repeat(17), 'ä'])
    expect(() => whoOf(text)).toThrow(expect.objectContaining({ id: 'usage.who' }));
});

test('a PIN comes from a file or the environment, and is never shown when it is none', async () => {
  expect(await pinSource(file('pin', '4711\n')).askPin(false)).toBe('4711');
  vi.stubEnv('COLDRAIL_PIN', '0815');
  expect(await pinSource(undefined).askPin(false)).toBe('0815');
  const wrong = (): unknown => pinSource(file('wrong', '47a1secret'));
  expect(wrong).toThrow(expect.objectContaining({ id: 'console.pin-file' }));
  expect(wrong).not.toThrow(/47a1/);
  expect(() => pinSource(join(folder, 'none'))).toThrow(expect.objectContaining({ id: 'console.pin-file' }));
});

test('without any of these, and nobody to ask, that is told', async () => {
  await expect(pinSource(undefined).askPin(false)).rejects.toMatchObject({ id: 'console.pin-needed' });
});

test('a number is taken as people write it, and a wrong one is told with what was meant', () => {
  const container = specOf('container');
  if (!container) throw new Error('container');
  expect(numberWord(container, 'csqu 305438 3')).toBe('CSQU3054383');
  expect(numberWord(container, 'none')).toBe('none');
  expect(() => numberWord(container, 'CSQU3054384')).toThrow(
    expect.objectContaining({ id: 'config.number', message: expect.stringContaining('CSQU3054383') }),
  );
});

test('pages that came are kept beside the file until all are there', () => {
  const path = join(folder, 'image.bin');
  partialImage(path).keep(1, Uint8Array.of(3, 4));
  const later = partialImage(path);
  expect([...(later.known ?? [])]).toEqual([255, 255, 3, 4]);
  later.finish(Uint8Array.of(1, 2, 3, 4));
  expect([...readFileSync(path)]).toEqual([1, 2, 3, 4]);
  expect(partialImage(path).known).toBeUndefined();
});

test('a folder that cannot be written to is told', () => {
  const image = partialImage(join(folder, 'no-such-folder', 'image.bin'));
  expect(() => image.keep(0, Uint8Array.of(1))).toThrow(expect.objectContaining({ id: 'usage.unwritable' }));
});

test('away from a terminal progress is a line for each quarter, with rate and what is left', () => {
  const lines: string[] = [];
  const stream = { isTTY: false, write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream;
  let nowMs = 0;
  const progress = transferLine(stream, () => nowMs);
  for (let bytes = 0; bytes <= 8000; bytes += 400) {
    progress.show(bytes, 8000);
    nowMs += 100;
  }
  progress.end();
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe('2.0 of 8.0 kB, 4.0 kB/s, 2 s left\n');
});
