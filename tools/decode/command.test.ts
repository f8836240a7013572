import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../firmware/config/config.ts';
import { Journal } from '../../firmware/journal/journal.ts';
import { mockCrypto } from '../../hal/mock/crypto.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { configPage } from '../provision/config-page.ts';
import { decodeAny } from './command.ts';

function region(): Uint8Array {
  const flash = mockFlash(2, 4096);
  const journal = new Journal(flash, mockCrypto, 600);
  journal.mount();
  journal.poweredOn(0, 0);
  journal.reading(0, { t: 16384 + 52, h: 16384 + 182, r: 65504 });
  journal.anchor(10, 1_795_262_400, 1, 1);
  const bytes = new Uint8Array(4 * 4096).fill(255);
  bytes.set(configPage({ ...DEFAULT_CONFIG, deviceId: 'box-7' }, 1), 0);
  bytes.set(flash.cells, 2 * 4096);
  return bytes;
}

test('the raw region of a tracker gives its records in order, and its configuration is no journal page', () => {
  const { lines, problems } = decodeAny(region());
  expect(problems).toEqual([]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { seq: 0, kind: 'POWER_ON' },
    { seq: 1, kind: 'READING', supplyC: 5.2, supplyRh: 91, returnC: null, utc: '2026-11-21T11:59:50.000Z' },
    { seq: 2, kind: 'ANCHOR' },
  ]);
});

test('a damaged page is told with its place', () => {
  const bytes = region();
  bytes[2 * 4096 + 26 + 40] = 0;
  const { problems } = decodeAny(bytes);
  expect(problems[0]).toMatch(/at byte \d+: /);
});

test('what is neither an image nor a message is refused', () => {
  for (const bytes of [new Uint8Array(0), new Uint8Array(5000).fill(7), Uint8Array.from([0x85, 1, 2])])
    expect(() => decodeAny(bytes)).toThrow(expect.objectContaining({ id: 'decode.nothing' }));
});
