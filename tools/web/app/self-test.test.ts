import { expect, test } from 'vitest';
import { selfTestOf, testedStepOf } from './self-test.ts';

test('news of a step are taken as they come', () => {
  expect(testedStepOf({ step: 'battery under load', verdict: 1, value: 3650, error: 0 })).toEqual({
    step: 'load',
    verdict: 1,
    value: 3650,
    error: 0,
  });
  expect(testedStepOf({ at: 0, data: '' })).toBeUndefined();
});

test('nothing but a 0 is green: an unknown verdict is red', () => {
  for (const verdict of [undefined, null, '0', 4, -1, true, {}])
    expect(testedStepOf({ step: 'sim', verdict })?.verdict).toBe(2);
  expect(selfTestOf({}, [], 0).verdict).toBe(2);
});

test('a record or a signature that is no row of hexadecimal digits is none', () => {
  expect(selfTestOf({ verdict: 0, record: '<img src=x>', mac: 7 }, [], 0)).toMatchObject({
    record: '',
    mac: '',
  });
  expect(selfTestOf({ verdict: 0, record: '89ab', mac: 'FF' }, [], 0)).toMatchObject({
    record: '89ab',
    mac: 'FF',
  });
});
