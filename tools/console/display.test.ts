import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KeySpec, SCHEMA } from '../../firmware/config/schema.ts';
import { valueFault } from '../../firmware/config/values.ts';
import { anyConfig } from '../provision/testing/any-config.ts';
import {
  type Display,
  displayOf,
  fromHex,
  fromWord,
  isSame,
  specOf,
  stored,
  toHex,
  wireOf,
  wordsOf,
} from './display.ts';

function spec(name: string): KeySpec {
  const found = specOf(name);
  if (!found) throw new Error(name);
  return found;
}

/** A configuration of the device as a file has it. */
function shown(value: unknown): Display {
  return value instanceof Uint8Array ? toHex(value) : (value as Display);
}

test('any configuration of a device stands in a file, and goes back as it was', () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      for (const one of SCHEMA) {
        const value = shown(config[one.name]);
        const inFlash = stored(one, value);
        expect(inFlash, one.name).not.toBeUndefined();
        expect(valueFault(one, inFlash, false), one.name).toBe(0);
        if (!one.isSecret)
          expect(isSame(one, value, displayOf(one, wireOf(one, value) ?? one.otherwise))).toBe(true);
      }
    }),
    { numRuns: 60, seed: 13 },
  );
});

test('of a secret comes only whether it is set, and only that is compared', () => {
  const pin = spec('simPin');
  expect(displayOf(pin, true)).toBe(true);
  expect(displayOf(pin, '1234')).toBe(false);
  expect([isSame(pin, '1234', true), isSame(pin, '1234', false), isSame(pin, '', false)]).toEqual([
    true,
    false,
    true,
  ]);
  expect(wordsOf(pin, '1234')).toBe('set');
});

test('none is none, in whatever form a file or a tracker says it', () => {
  for (const none of [null, '']) {
    expect(isSame(spec('setPointMilliC'), none, null)).toBe(true);
    expect(isSame(spec('tripHours'), none, 0)).toBe(true);
    expect(isSame(spec('apn'), none, '')).toBe(true);
    expect(isSame(spec('rules'), none, null)).toBe(true);
    expect(isSame(spec('intervalS'), none, 600)).toBe(true);
    expect(isSame(spec('intervalS'), none, 300)).toBe(false);
  }
});

test('a value of the wrong type is none at all', () => {
  expect(stored(spec('intervalS'), '600')).toBeUndefined();
  expect(stored(spec('apn'), 5)).toBeUndefined();
  expect(stored(spec('fineResolution'), 1)).toBeUndefined();
  expect(stored(spec('rules'), 'xyz')).toBeUndefined();
  expect(fromHex('abc')).toBeUndefined();
  expect(fromHex('AB cd')).toEqual(Uint8Array.of(0xab, 0xcd));
});

test('a word of a person becomes what the key takes, or stays to be refused', () => {
  expect(fromWord(spec('intervalS'), '300')).toBe(300);
  expect(fromWord(spec('intervalS'), '3.5')).toBe('3.5');
  expect(fromWord(spec('warmLimitMilliC'), '-15000')).toBe(-15000);
  expect(fromWord(spec('fineResolution'), 'on')).toBe(true);
  expect(fromWord(spec('fineResolution'), 'maybe')).toBe('maybe');
  expect(fromWord(spec('apn'), 'none')).toBe(null);
});

test('a value is shown with its unit, and of a long one how long it is', () => {
  expect(wordsOf(spec('intervalS'), 600)).toBe('600 s');
  expect(wordsOf(spec('fineResolution'), false)).toBe('no');
  expect(wordsOf(spec('trip'), '')).toBe('none');
  expect(wordsOf(spec('caPem'), '-----BEGIN\nabc\n')).toBe('-----BEGIN ... (15 characters)');
});
