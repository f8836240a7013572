import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RAT_ORDER } from '../../firmware/radio/rat-order.ts';
import type { ColdrailError } from '../errors/error.ts';
import { loadCorridor } from '../world/load-corridor.ts';
import { ratOrder } from './rat-order.ts';

const file = () =>
  JSON.parse(readFileSync(new URL('../data/networks-2026-11.json', import.meta.url), 'utf8'));

describe('the table of the device', () => {
  test('is the dated file in short', () => {
    expect(RAT_ORDER).toBe(ratOrder(file()));
    expect(RAT_ORDER).toMatch(/^[1-4]{4}(,[2-7]\d\d[1-4]{4})+$/);
  });

  test('names every country of the corridor', () => {
    for (const { country, mcc } of loadCorridor().zones) expect(RAT_ORDER, country).toContain(`,${mcc}`);
  });

  test('puts LTE-M first in Germany and nowhere before Poland', () => {
    const first = (mcc: string) => RAT_ORDER.split(`,${mcc}`)[1]?.charAt(0);
    expect(['452', '460', '401', '250', '257', '260', '262'].map(first)).toEqual([
      '4',
      '4',
      '4',
      '4',
      '4',
      '1',
      '1',
    ]);
  });
});

describe('a broken file of networks', () => {
  test.each([
    ['an order that leaves one out', 'order', (data) => data.countries[0].order.pop()],
    ['an order with one twice', 'order', (data) => (data.countries[0].order[0] = 'GSM')],
    ['an unknown technology', 'order[0]', (data) => (data.countries[0].order[0] = '5G')],
    ['a country code twice', 'countries[1].mcc', (data) => (data.countries[1].mcc = ['452'])],
    ['no country code', 'mcc[0]', (data) => (data.countries[0].mcc = ['VN'])],
    [
      'a row without a mark',
      'countries[2]',
      (data) => {
        delete data.countries[2].source;
        delete data.countries[2].assumption;
      },
    ],
    ['no order for elsewhere', 'elsewhere', (data) => delete data.elsewhere],
    // biome-ignore lint/suspicious/noExplicitAny: the tests break the file in ways that its type forbids
  ] as [string, string, (data: any) => unknown][])('is refused for %s', (_what, detail, change) => {
    const data = file();
    change(data);
    try {
      ratOrder(data);
      expect.unreachable();
    } catch (error) {
      expect((error as ColdrailError).id).toBe('networks.invalid');
      expect((error as ColdrailError).message).toContain(detail);
    }
  });
});
