import { expect, test } from 'vitest';
import { probesOf, reeferWords } from './sensors.ts';
import { celsius, duration, percent, statusLines, utcText } from './status.ts';

const status = {
  device: 'TR-1',
  powerOn: 3,
  uptimeS: 3725,
  utcS: 1_768_030_000,
  millivolts: 3712,
  external: 0,
  level: 1,
  intervalS: 600,
  next: 120,
  acked: 100,
  alarm: 1,
  failures: 2,
  lastReading: [
    [1, 't', -18_440],
    [1, 'h', 62_500],
    [4, 't', null],
  ],
  lastReadingAgeS: 61,
  trip: '',
  container: 'CSQU3054383',
  config: 7,
  staged: 1,
};

test('a status has a line for each thing that a technician looks at', () => {
  const text = Object.fromEntries(statusLines(status).map((line) => [line.name, line.text]));
  expect(text).toMatchObject({
    'last reading': 'supply -18.44 C, supply 62.5 %, cargo 1 no value (1 min 1 s ago)',
    supply: '3.71 V, on its battery',
    'waiting to be sent': '20 of 120 records',
    sessions: '2 failed in a row',
    trip: 'none',
    up: '1 h 2 min, power-on 3',
    configuration: 'generation 7, 1 key staged and not saved',
  });
  expect(text['alarm']).toMatch(/^YES/);
});

test('a tracker that knows nothing yet is described all the same', () => {
  for (const { text } of statusLines({})) expect(text).not.toMatch(/NaN|\[object/);
});

test('values that are missing are called so', () => {
  expect([celsius(null), percent(undefined), duration(null), duration(0)]).toEqual([
    'no value',
    'no value',
    'unknown',
    '0 s',
  ]);
  expect(utcText(null)).toMatch(/^unknown/);
  expect(utcText(1e300)).toBe('unknown');
});

test('a probe without a value says why', () => {
  expect(
    probesOf([
      [1, 5095, 89_638, null],
      [2, null, null, 0],
      [9, null, null, 42],
    ]),
  ).toMatchObject([
    { place: 'supply', milliC: 5095, milliPct: 89_638, reason: '' },
    { place: 'return', milliC: null, reason: expect.stringContaining('does not answer') },
    { place: 'place 9', reason: 'no value for reason 42' },
  ]);
  expect(probesOf('nonsense')).toEqual([]);
});

test("the reefer's signals are told where they are known", () => {
  expect(reeferWords(32 + 64 + 256)).toBe('compressor running, temperature in range');
  expect(reeferWords(32 + 128)).toBe('compressor off, defrosting, temperature out of range');
  expect(reeferWords(null)).toBe('its signals are not known');
});
