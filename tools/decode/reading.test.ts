import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channelNames } from './channel.ts';
import { readingOf, unpackCodes } from './reading.ts';
import {
  absoluteForm,
  type ChannelInput,
  numberForm,
  shortestForm,
  zigzagsOf,
} from './testing/write-reading.ts';

const steps = { temperatureMilliC: 100, humidityMilliPercent: 500 };
const scale = { steps, channels: channelNames(Uint8Array.of(0x01, 0x11, 0x02)) ?? [] };

const at = { seq: 7, powerOn: 2, monoS: 600 };

/** Differences against codes of 1000 each. */
function differences(item: number | number[], count: number): number[] | undefined {
  const form = typeof item === 'number' ? item : Uint8Array.from(item);
  return unpackCodes(form, count, new Array(count).fill(1000))?.map((code) => code - 1000);
}

test.each<[string, number | number[], number[]]>([
  ['n = 1, the smallest integer', 0, [0]],
  ['n = 1, the largest integer', -24, [-24]],
  ['n = 1, a byte', [255], [-128]],
  ['n = 2, 35 = 5 5 in base 6', -12, [-3, -3]],
  ['n = 2, 24 = 4 0 in base 6', -1, [2, 0]],
  ['n = 2, 255 = 15 15 in base 16', [255], [-8, -8]],
  ['n = 2, a byte each', [254, 1], [127, -1]],
  ['n = 3, all as before', 0, [0, 0, 0]],
  ['n = 3, 23 = 2 1 2 in base 3', 23, [1, -1, 1]],
  ['n = 3, 26 = 2 2 2 in base 3', -3, [1, 1, 1]],
  ['n = 3, 215 = 5 5 5 in base 6', [0xd7], [-3, -3, -3]],
  ['n = 3, 63999 = 39 39 39 in base 40', [0xf9, 0xff], [-20, -20, -20]],
  ['n = 3, 1640 = 1 1 0 in base 40', [0x06, 0x68], [-1, -1, 0]],
  ['n = 3, a byte each', [255, 254, 0], [-128, 127, 0]],
  ['n = 8, all as before', 0, [0, 0, 0, 0, 0, 0, 0, 0]],
  ['n = 8, a bit each', [0b1000_0001], [-1, 0, 0, 0, 0, 0, 0, -1]],
  ['n = 8, two bits each', [0b11_10_01_00, 0b00_00_00_01], [-2, 1, -1, 0, 0, 0, 0, -1]],
  ['n = 8, three bits each', [0xff, 0xff, 0xff], [-4, -4, -4, -4, -4, -4, -4, -4]],
  ['n = 8, four bits each', [0x01, 0x23, 0x45, 0x67], [0, -1, 1, -2, 2, -3, 3, -4]],
  ['n = 8, five bits each', [0xff, 0xff, 0xff, 0xff, 0xff], new Array(8).fill(-16)],
  ['n = 8, six bits each', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff], new Array(8).fill(-32)],
  ['n = 8, a byte each', [1, 2, 3, 4, 5, 6, 7, 8], [-1, 1, -2, 2, -3, 3, -4, 4]],
])('%s', (_, item, expected) => {
  expect(differences(item, expected.length)).toEqual(expected);
});

test.each([1, 2, 3, 8])('an absolute reading of %d channels needs nothing before it', (count) => {
  const bytes = Uint8Array.from(Array.from({ length: count }, (_, i) => [0x40, i, 0xff, 0xe1]).flat());
  const codes = Array.from({ length: count }, (_, i) => (i % 2 ? 0xffe1 : 0x4000 + (i >> 1)));
  expect(unpackCodes(bytes.subarray(0, 2 * count), count, undefined)).toEqual(codes);
});

test('numbers with a digit too many are no reading', () => {
  expect(differences(-13, 2)).toBeUndefined();
  expect(differences(-4, 3)).toBeUndefined();
  expect(differences([216], 3)).toBeUndefined();
  expect(differences([0xfa, 0x00], 3)).toBeUndefined();
  for (const count of [6, 7, 8]) expect(differences(1, count)).toBeUndefined();
});

test('integers of more than a byte, and byte strings of other lengths, are no reading', () => {
  for (const item of [24, -25]) expect(differences(item, 1)).toBeUndefined();
  const lengths = (count: number) =>
    Array.from({ length: 20 }, (_, length) => length).filter((length) =>
      differences(new Array(length).fill(0), count),
    );
  expect(lengths(1)).toEqual([1, 2]);
  expect(lengths(2)).toEqual([1, 2, 4]);
  expect(lengths(3)).toEqual([1, 2, 3, 6]);
  expect(lengths(7)).toEqual([1, 2, 3, 4, 5, 6, 7, 14]);
  expect(lengths(8)).toEqual([1, 2, 3, 4, 5, 6, 8, 16]);
});

test('differences against nothing, and beyond the 16 bits of a code, are no reading', () => {
  expect(unpackCodes(0, 3, undefined)).toBeUndefined();
  expect(unpackCodes(-1, 1, [65524])).toBeUndefined();
  expect(unpackCodes(1, 1, [0])).toBeUndefined();
  expect(unpackCodes(2, 1, [65534])).toEqual([65535]);
});

const channel = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 30 }) },
  { weight: 2, arbitrary: fc.integer({ min: -100, max: 100 }) },
  { weight: 1, arbitrary: fc.integer({ min: -16384, max: 49119 }) },
  { weight: 1, arbitrary: fc.nat(31).map((reason) => ({ reason })) },
);
const twoReadings = fc
  .integer({ min: 1, max: 8 })
  .chain((count) => fc.tuple(...[0, 1].map(() => fc.array(channel, { minLength: count, maxLength: count }))));

test('every form that can hold a reading gives it back, for 1 to 8 channels', () => {
  fc.assert(
    fc.property(twoReadings, ([before, now]) => {
      const count = now.length;
      const codes = (channels: ChannelInput[]) => unpackCodes(absoluteForm(channels), count, undefined);
      const zigzags = zigzagsOf(now, before);
      const forms = [shortestForm(zigzags)];
      for (let length = 1; length <= 6 && length < count; length++) forms.push(numberForm(zigzags, length));
      for (const form of forms) {
        if (form !== undefined) expect(unpackCodes(form, count, codes(before))).toEqual(codes(now));
      }
    }),
    { numRuns: 2000 },
  );
});

test('every step count prints as its decimal', () => {
  for (let count = -1000; count <= 1000; count++) {
    const code = 16384 + count;
    const { supplyC, supplyRh } = readingOf(at, [code, code, code], scale);
    expect(String(supplyC)).toBe(String(Number((count * 0.1).toFixed(1))));
    expect(String(supplyRh)).toBe(String(Number((count * 0.5).toFixed(1))));
  }
});

test('a missing channel is null with its reason, known or not', () => {
  expect(readingOf(at, [65504, 65535, 16384 + 41], scale)).toEqual({
    ...at,
    supplyC: null,
    supplyRh: null,
    returnC: 4.1,
    reasons: { supplyC: 'not-answering', supplyRh: 'reason-31' },
  });
});

test('a reading has the channels of its page, each under its name, at the step of its kind', () => {
  const channels = channelNames(Uint8Array.of(0x13, 0x04, 0x17, 0x02, 0, 0, 0, 0)) ?? [];
  const reading = readingOf(at, [16385, 16386, 16387, 16388], { channels, steps });
  expect(reading).toEqual({ ...at, ambientRh: 0.5, cargo1C: 0.2, cargo4Rh: 1.5, returnC: 0.4, reasons: {} });
});

test.each([
  ['none', []],
  ['one that is not known', [0x01, 0x21]],
  ['a place that is not known', [0x08]],
  ['no place', [0x10]],
  ['one twice', [0x01, 0x02, 0x01]],
  ['one behind the last', [0x01, 0x00, 0x02]],
  ['nine', [1, 2, 3, 4, 5, 6, 7, 0x11, 0x12]],
])('channels are not guessed at: %s', (_, codes) => {
  expect(channelNames(Uint8Array.from(codes))).toBeUndefined();
});
