/** A journal whose readings are judged, for tests; and what its flash says, by the host's decoder, of what came of them. */

import { bytesOf } from '../../tools/cargo/rule-bytes.ts';
import type { Channel } from '../../tools/decode/channel.ts';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import type { Reading } from '../../tools/decode/reading.ts';
import type { JournalRecord } from '../../tools/decode/record.ts';
import type { Config } from '../config/schema.ts';
import { DEFAULT_CONFIG } from '../config/values.ts';
import { PAGE_SIZE } from '../journal/format.ts';
import type { Journal } from '../journal/journal.ts';
import { type Row, toCode } from '../journal/row.ts';
import type { Sampling } from '../journal/scale.ts';
import type { Alarm } from '../judge/alarm.ts';
import { blankJudgement } from '../judge/judgement.ts';
import type { Rule } from '../judge/rules.ts';
import { step } from '../judge/step.ts';

/** An alarm in the words of both the fold and the record: rule, what, when, and the numbers. */
export type Told = readonly (number | null)[];

const CHANNELS: readonly Channel[] = [
  'supplyC',
  'returnC',
  'ambientC',
  'cargo1C',
  'cargo2C',
  'cargo3C',
  'cargo4C',
];

/** Return air and the first cargo probe at 0.1 C. */
export const SAMPLING: Sampling = { intervalS: 600, tempStep: 100, humidityStep: 500, channels: [2, 4] };

export function judgedBy(rules: readonly Rule[], changes: Partial<Config> = {}): Config {
  return { ...DEFAULT_CONFIG, rules: bytesOf(rules), ...changes };
}

/** The codes of temperatures by place, thousandths of a degree, null for none. */
export function rowOf(tempsMilliC: readonly (number | null)[], sampling: Sampling): Row {
  return sampling.channels.map((place) => toCode(tempsMilliC[place] ?? null, sampling.tempStep, 0));
}

/** Put a reading at its time, and nothing else. */
export function read(journal: Journal, milliC: number | null, sampling = SAMPLING): void {
  const { rowClockS, intervalS } = journal.state;
  journal.reading(rowClockS + intervalS, rowOf(new Array(8).fill(milliC), sampling));
}

export function told(alarm: Alarm, powerOn: number, monoS: number): Told {
  return [
    powerOn,
    monoS,
    alarm.rule,
    alarm.raised ? 1 : 0,
    alarm.kind,
    alarm.place,
    alarm.valueMilliC,
    alarm.limitMilliC,
    alarm.seconds,
    alarm.degreeMinutes,
    alarm.extremeMilliC,
  ];
}

const milli = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Math.round(value * 1000);

/** The ALARMs that stand in flash, and those that must stand there by its readings from seq `from` on. */
export function alarmsIn(cells: Uint8Array, rules: readonly Rule[], from = 0): { held: Told[]; due: Told[] } {
  const blocks = decodeJournalImage(cells, { pageSize: PAGE_SIZE }).pages.flatMap((page) => page.blocks);
  const all: (Reading | JournalRecord)[] = blocks
    .flatMap(({ readings, records }) => [...readings, ...records])
    .sort((a, b) => a.seq - b.seq);
  const held: Told[] = [];
  const due: Told[] = [];
  const judgement = blankJudgement(rules);
  let masked = false;
  for (const item of all) {
    if (!('kind' in item)) {
      if (item.seq < from) continue;
      const tempsMilliC = [null, ...CHANNELS.map((channel) => milli(item[channel]))];
      step(judgement, { powerOn: item.powerOn, uptimeS: item.monoS, tempsMilliC, masked }, (alarm) =>
        due.push(told(alarm, item.powerOn, item.monoS)),
      );
    } else if (item.kind === 'CONDITIONS') masked = item.doorOpen || (item.reefer?.defrost ?? false);
    else if (item.kind === 'ALARM')
      held.push([
        item.powerOn,
        item.monoS,
        item.rule,
        item.raised ? 1 : 0,
        item.code,
        item.place,
        milli(item.valueC),
        milli(item.limitC),
        item.seconds,
        item.degreeMinutes,
        milli(item.extremeC),
      ]);
  }
  return { held, due };
}
