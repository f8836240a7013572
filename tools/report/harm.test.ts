import { describe, expect, it } from 'vitest';
import { type AlarmRecord, harmAccount } from '../ride/harm.ts';
import type { TruthEvent } from '../world/truth.ts';
import { harmTables } from './harm.ts';

const clock = { departure: '2026-07-04T06:00:00Z', intervalS: 600 };
const door: TruthEvent = {
  kind: 'door-open',
  fromHour: 22,
  toHour: 22.75,
  what: 'doors open: <customs>',
  where: 'Pingxiang',
};
const defrost: TruthEvent = { kind: 'defrost', fromHour: 8, toHour: 8.4, what: 'defrost' };
const alarm: AlarmRecord = {
  seq: 7,
  atHour: 23,
  raised: true,
  kind: 'too-warm',
  rule: 0,
  place: 'return',
  valueC: -12.04,
  limitC: -15,
  seconds: 3000,
  degreeMinutes: 1233.6,
  extremeC: -8.26,
};

const cells = (html: string) => [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell);
const drawn = (truth: TruthEvent[], records: AlarmRecord[]) =>
  harmTables(harmAccount(truth, records, clock)).html;

describe('harmTables', () => {
  it('gives what was done with the alarm that told of it, then the alarm with what it is put down to', () => {
    const ended = { ...alarm, seq: 8, atHour: 24.5, raised: false, seconds: 8400, extremeC: -1.04 };
    expect(cells(drawn([defrost, door], [alarm, ended]))).toEqual([
      ...['2026-07-05 04:00', '0.8', 'doors open: &lt;customs&gt;', 'Pingxiang'],
      'too-warm, return, after 1.0 h',
      ...['2026-07-05 05:00', '2026-07-05 06:30', 'too-warm', 'return', '-12.0', '-15.0', '-1.0'],
      ...['2.3', '1,234', 'doors open: &lt;customs&gt;'],
    ]);
  });

  it('is good without a false alarm, and bad with one that a defrost alone explains', () => {
    const good = drawn([defrost, door], [alarm]);
    expect(good).toContain('class="verdict"');
    expect(good).toContain('1 alarm, 0 of them false; 1 of 1 thing done to the box told, beside 1 defrost.');
    const bad = drawn([defrost], [{ ...alarm, atHour: 9 }]);
    expect(bad).toContain('class="verdict bad"');
    expect(bad).toContain('defrost (false)');
  });

  it('says that an alarm still stands, and which thing no alarm told of', () => {
    expect(cells(drawn([door], [alarm]))).toContain('stands');
    expect(cells(drawn([door], []))).toContain('no alarm');
  });

  it('says so when there was nothing', () => {
    const html = drawn([], []);
    expect(html).toContain('Nothing was done to the box');
    expect(html).toContain('No alarm is recorded');
  });
});
