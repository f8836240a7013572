import { expect, test } from 'vitest';
import { harmAccount } from './harm.ts';
import { harmTable } from './harm-table.ts';
import { textTable } from './text-table.ts';

const clock = { departure: '2026-07-04T06:00:00Z', intervalS: 600 };
const alarm = {
  seq: 7,
  atHour: 33,
  raised: true,
  kind: 'too-warm',
  rule: 0,
  place: 'return',
  valueC: -12.04,
  limitC: -15,
  seconds: 5400,
  degreeMinutes: 233.6,
  extremeC: null,
};

test('says what was done, which alarm told of it and how soon, and what each alarm is put down to', () => {
  const account = harmAccount(
    [
      { kind: 'defrost', fromHour: 8, toHour: 8.4, what: 'defrost', where: 'Dong Dang' },
      { kind: 'door-open', fromHour: 22, toHour: 22.5, what: 'doors open: customs', where: 'Pingxiang' },
      { kind: 'power-off', fromHour: 30, toHour: 44, what: 'no power: no fuel', where: 'Nanning' },
    ],
    [alarm, { ...alarm, seq: 9, atHour: 12, place: 'cargo 1', extremeC: -9 }],
    clock,
  );
  expect(harmTable(account).split('\n')).toEqual([
    'from (UTC)           h  what was done        where      told by',
    '2026-07-05 04:00   0.5  doors open: customs  Pingxiang  no alarm',
    '2026-07-05 12:00  14.0  no power: no fuel    Nanning    too-warm, return, after 3.0 h',
    '',
    'alarm (UTC)       rule      place        C  limit  extreme    h  K min  because of',
    '2026-07-05 15:00  too-warm  return   -12.0  -15.0        -  1.5    234  no power: no fuel',
    '2026-07-04 18:00  too-warm  cargo 1  -12.0  -15.0     -9.0  1.5    234  defrost (false)',
    '',
    '2 alarms, 1 of them false; 1 of 2 things done to the box told, beside 1 defrost.',
  ]);
});

test('says so when nothing was done and nothing was raised, and when an end came alone', () => {
  const ended = { ...alarm, raised: false };
  expect(harmTable(harmAccount([], [], clock))).toContain('0 alarms, 0 of them false; 0 of 0 things');
  expect(harmTable(harmAccount([], [alarm], clock))).toContain('nothing that was done (false)');
  expect(harmTable(harmAccount([], [ended], clock))).toMatch(/1 end of an alarm that is not recorded\.$/);
});

test('a table aligns figures right and text left, and leaves no blanks at the end of a line', () => {
  const columns = [{ head: 'a' }, { head: 'n', isFigure: true }, { head: 'end' }];
  expect(
    textTable(columns, [
      ['long', '1', 'x'],
      ['s', '100', ''],
    ]),
  ).toEqual(['a       n  end', 'long    1  x', 's     100']);
});
