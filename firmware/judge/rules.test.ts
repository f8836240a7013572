import { expect, test } from 'vitest';
import { AT_LIMIT, BELOW, CUMULATIVE, MEAN_KINETIC, rulesOf } from './rules.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replace(/ /g, ''), 'hex'));

/** Above -18 C in the return air and at cargo probe 1 for 30 min, back by 0.5 K, 3 K of grace. */
const ATP = '00 14 7fb9b0 000708 01f4 0bb8';
/** -0.5 C or below in the supply air for an hour. */
const FREEZE = '09 02 7ffe0c 000e10 01f4 0000';
/** Mean kinetic temperature above 25 C over 30 days at cargo probe 4. */
const ROOM = '04 80 8061a8 278d00 00c8 0000';

test('rules are read as they stand in the configuration', () => {
  expect(rulesOf(bytes(`01 ${ATP} ${FREEZE} ${ROOM}`))).toEqual([
    { kind: 0, places: 20, limitMilliC: -18000, delayS: 1800, hysteresisMilliK: 500, graceMilliK: 3000 },
    {
      kind: BELOW + AT_LIMIT,
      places: 2,
      limitMilliC: -500,
      delayS: 3600,
      hysteresisMilliK: 500,
      graceMilliK: 0,
    },
    {
      kind: MEAN_KINETIC,
      places: 128,
      limitMilliC: 25000,
      delayS: 2_592_000,
      hysteresisMilliK: 200,
      graceMilliK: 0,
    },
  ]);
  expect(rulesOf(bytes(`01 ${ATP}`.replace('00 14', '02 14')))[0].kind).toBe(CUMULATIVE);
});

test('six rules are read, a seventh makes it something else', () => {
  expect(rulesOf(bytes(`01 ${ATP.repeat(6)}`))).toHaveLength(6);
  expect(rulesOf(bytes(`01 ${ATP.repeat(7)}`))).toEqual([]);
});

test.each([
  ['nothing at all', ''],
  ['no rule', '01'],
  ['another version', `02 ${ATP}`],
  ['a byte too few', `01 ${ATP.slice(0, -2)}`],
  ['a byte too many', `01 ${ATP} 00`],
  ['an unknown kind', `01 10 ${ATP.slice(3)}`],
  ['no place', '01 00 00 7fb9b0 000708 01f4 0bb8'],
  ['a place 0', '01 00 15 7fb9b0 000708 01f4 0bb8'],
  ['a limit of 100.001 C', '01 00 14 8186a1 000708 01f4 0bb8'],
  ['a limit of -100.001 C', '01 00 14 7e795f 000708 01f4 0bb8'],
  ['a delay of 30 days and a second', '01 00 14 7fb9b0 278d01 01f4 0bb8'],
  ['two windows', `01 ${ROOM} ${ROOM}`],
  ['a window below a limit', `01 05 ${ROOM.slice(3)}`],
  ['a window that adds up', `01 06 ${ROOM.slice(3)}`],
  ['a window of less than 8 hours', '01 04 80 8061a8 007078 00c8 0000'],
  ['a window that has no eighths', '01 04 80 8061a8 015181 00c8 0000'],
  ['a good rule and a bad one', `01 ${ATP} 10 ${ATP.slice(3)}`],
])('%s is no rules', (_, hex) => {
  expect(rulesOf(bytes(hex))).toEqual([]);
});

test('the limits of the ranges are within them', () => {
  expect(rulesOf(bytes('01 0f 02 7e7960 278d00 ffff ffff'))).toEqual([]);
  expect(rulesOf(bytes('01 0b fe 7e7960 278d00 ffff ffff'))[0]).toMatchObject({
    limitMilliC: -100_000,
    delayS: 2_592_000,
  });
  expect(rulesOf(bytes('01 0c fe 8186a0 007080 0000 0000'))[0]).toMatchObject({
    limitMilliC: 100_000,
    delayS: 28_800,
    hysteresisMilliK: 0,
  });
  expect(rulesOf(null)).toEqual([]);
});
