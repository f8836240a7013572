import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { NO_NETWORK } from '../hal/faults.ts';
import { type MockFlash, mockFlash } from '../hal/mock/flash.ts';
import { randomStream } from '../tools/sim/random.ts';
import { judgeReadings } from './alarms.ts';
import { DOOR_OPEN } from './conditions.ts';
import { DEFAULT_CONFIG } from './config/values.ts';
import { PAGE_SIZE } from './journal/format.ts';
import type { Journal } from './journal/journal.ts';
import type { Sampling } from './journal/scale.ts';
import { boot, NO_LIMITS } from './journal/testing/bench.ts';
import { type Entry, plainLog } from './journal/testing/plain-log.ts';
import { blankJudgement, isDisturbed } from './judge/judgement.ts';
import { BELOW, CUMULATIVE, MEAN_KINETIC, type Rule } from './judge/rules.ts';
import { type Reading, step } from './judge/step.ts';
import { anyReadings, anyRules } from './judge/testing/any.ts';
import { rule, USP_ROOM, WHO_II } from './judge/testing/standards.ts';
import { judgedBy, read, rowOf, SAMPLING, type Told, told } from './testing/judged.ts';

/** Above 8 C in the return air or at the first cargo probe for an hour; 0.5 K back. */
const WARM: Rule = rule(0, 8, 3600, { places: 0b10100 });
const AT_ONCE: Rule = { ...WARM, delayS: 0 };

let flash: MockFlash;
let journal: Journal;

function start(pages = 14): void {
  flash = mockFlash(pages, PAGE_SIZE);
  journal = boot(flash, { sampling: SAMPLING });
  journal.poweredOn(0, 0);
}

/** What every wake of a tracker is to its journal. */
function reboot(): void {
  journal = boot(flash, { sampling: SAMPLING });
}

beforeEach(() => start());

/** Boot, read and judge, once for each temperature (degrees Celsius; null: the probes fail); what the last one said. */
function wakes(config: typeof DEFAULT_CONFIG, ...celsius: (number | null)[]): boolean {
  let isDisturbed = false;
  for (const temp of celsius) {
    reboot();
    read(journal, temp === null ? null : temp * 1000);
    isDisturbed = judgeReadings(journal, config);
  }
  return isDisturbed;
}

const log = (): Entry[] => plainLog(flash.cells);
const alarms = (): Entry[] => log().filter(({ kind }) => kind === 'ALARM');
const raised = (): unknown[] => alarms().map(({ fields }) => fields.slice(0, 2));
const checkpoints = (): number => log().filter(({ kind }) => kind === 'JUDGED').length;

describe('what an ALARM says', () => {
  test('the reading at which a rule is broken, and the numbers that broke it', () => {
    wakes(judgedBy([WARM]), 5, 9, 9, 9, 9, 9, 9.5);
    expect(alarms()).toEqual([]);
    wakes(judgedBy([WARM]), 9, 9, 7.5);
    // 1 K for 50 min, 1.5 K for 10 min: 65 K min. At the 7th reading outside, an hour after the first.
    expect(alarms().map(({ uptimeS, fields }) => [uptimeS, ...fields])).toEqual([
      [4200, 0, 1, 0, 0, 2, 9000, 8000, 3600, 65, 9500],
      [5400, 0, 0, 0, 0, 2, 7500, 8000, 4200, 75, 9500],
    ]);
    const at = log().findIndex(({ kind }) => kind === 'ALARM');
    expect(log()[at - 1]).toMatchObject({ kind: 'READING', uptimeS: 4200 });
  });

  test('where there are no rules, the limits break at once, but not by the air outside', () => {
    const config = { ...DEFAULT_CONFIG, coldLimitMilliC: 2000, warmLimitMilliC: 8000 };
    expect(wakes(config, 5, 8)).toBe(false);
    expect(wakes(config, 8.1)).toBe(true);
    expect(wakes(config, 30)).toBe(true);
    // Air that swings about the limit is one excursion: half a kelvin is the way back.
    expect(wakes(config, 8)).toBe(true);
    expect(wakes(config, 7.5)).toBe(false);
    expect(wakes(config, 1.9)).toBe(true);
    expect(raised()).toEqual([
      [0, 1],
      [0, 0],
      [1, 1],
    ]);
    start();
    const outside = { ...SAMPLING, channels: [3] };
    journal = boot(flash, { sampling: outside });
    read(journal, 40_000, outside);
    expect(judgeReadings(journal, config)).toBe(false);
    expect(alarms()).toEqual([]);
  });

  test('rules stand in for the limits, which then raise nothing', () => {
    wakes(judgedBy([{ ...AT_ONCE, limitMilliC: 20_000 }], { warmLimitMilliC: 8000 }), 5, 10, 19);
    expect(alarms()).toEqual([]);
  });

  test('an open door moves the limit of the return air by the grace', () => {
    const config = judgedBy([{ ...AT_ONCE, places: 0b100, graceMilliK: 3000 }]);
    wakes(config, 5);
    journal.conditions(600, DOOR_OPEN, 3700);
    wakes(config, 10.9);
    expect(alarms()).toEqual([]);
    wakes(config, 11.1);
    expect(raised()).toEqual([[0, 1]]);
  });
});

describe('the same alarms at the same readings as a judge that never stops', () => {
  const CHANNELS = [1, 2, 3, 4, 5, 6, 7];

  /** What happens between readings and how often the tracker boots, by one number of 100. */
  function between(dice: number, uptimeS: number): void {
    if (dice % 5 === 0) journal.session(uptimeS + 5, NO_NETWORK);
    if (dice % 10 === 5) journal.radio([3, 2, 46001, -91, 4711, 12, 340, 25, 2312, 11346, null, 1, 0]);
    if (dice % 7 === 0) journal.fix(uptimeS + 9, 2312345 + dice, 11345678 - dice, 9, 1790000000 + uptimeS);
    if (dice % 11 === 0) journal.ack(journal.state.nextSeq - 3);
    if (dice % 13 === 0) journal.fault(20, 1, uptimeS);
  }

  function compare(
    pages: number,
    tempStep: number,
    rules: readonly Rule[],
    readings: readonly Reading[],
    boots: 'each' | 'some' | 'never',
    seed: number,
  ): void {
    const random = randomStream(seed, 'between readings');
    const config = judgedBy(rules);
    const sampling: Sampling = { intervalS: 300, tempStep, humidityStep: 500, channels: CHANNELS };
    const judgement = blankJudgement(rules);
    flash = mockFlash(pages, PAGE_SIZE);
    journal = boot(flash, { sampling });
    let powerOn = 0;
    let masked = false;
    let alarmSeq = -1;
    for (const reading of readings) {
      const dice = random.int(1, 100);
      if (boots === 'each' || (boots === 'some' && dice < 40)) journal = boot(flash, { sampling });
      if (reading.powerOn !== powerOn) journal.poweredOn(0, reading.uptimeS);
      powerOn = reading.powerOn;
      const { powerOn: count } = journal.state;
      if (reading.masked !== masked)
        journal.conditions(reading.uptimeS, reading.masked ? DOOR_OPEN : 0, 3700);
      masked = reading.masked;
      const round = (temp: number | null): number | null =>
        temp === null ? null : Math.floor(temp / tempStep + 0.5) * tempStep;
      const tempsMilliC = Array.from({ length: 8 }, (_, place) => round(reading.tempsMilliC[place] ?? null));
      expect(journal.reading(reading.uptimeS, rowOf(tempsMilliC, sampling))).toBe(true);
      // A reading is within 1 s of where the row clock puts it.
      const uptimeS = journal.state.rowClockS;
      const due: Told[] = [];
      step(judgement, { powerOn: count, uptimeS, tempsMilliC, masked }, (alarm) =>
        due.push(told(alarm, count, uptimeS)),
      );

      const before = journal.state.nextSeq;
      expect(judgeReadings(journal, config)).toBe(isDisturbed(judgement));
      const written = journal.state.nextSeq > before ? plainLog(flash.cells) : [];
      const held = written.filter(({ kind, seq }) => kind === 'ALARM' && seq >= before);
      expect(
        held.map(({ powerOn: on, fields: [rule = 0, up = 0, after, ...numbers] }) => {
          return [on, uptimeS + (after ?? Number.NaN), rule, up, ...numbers];
        }),
      ).toEqual(due);
      for (const { seq, fields } of held) if (fields[1] === 1) alarmSeq = seq;
      expect(journal.state.alarmSeq).toBe(alarmSeq);
      between(dice, uptimeS);
    }
  }

  test.each(['each', 'some', 'never'] as const)(
    'whatever is measured, power fails and clocks do; it boots at %s of them',
    (boots) => {
      fc.assert(
        fc.property(anyRules, anyReadings(40), fc.integer(), (rules, readings, seed) => {
          compare(2, 10, rules, readings, boots, seed);
        }),
        { seed: 11, numRuns: 60 },
      );
    },
  );

  test('through two laps of the ring, where old readings are kept and pages erased', () => {
    const rules = [
      WARM,
      rule(CUMULATIVE, 4, 36_000),
      rule(MEAN_KINETIC, 6, 28_800),
      { ...AT_ONCE, kind: BELOW },
    ];
    const random = randomStream(5, 'weather');
    const readings = Array.from({ length: 2400 }, (_, i): Reading => {
      const milliC = 6000 + Math.round(3000 * Math.sin(i / 25)) + random.int(-9, 9) * 100;
      return { powerOn: 1, uptimeS: 300 * i, tempsMilliC: new Array(8).fill(milliC), masked: i % 97 < 5 };
    });
    compare(3, 100, rules, readings, 'each', 3);
    expect(flash.erasesOf.every((erases) => erases >= 2)).toBe(true);
  });
});

describe('an alarm that was raised', () => {
  const config = { ...DEFAULT_CONFIG, coldLimitMilliC: 2000, warmLimitMilliC: 8000 };

  test('stands through failed sessions and a restart, until the collector holds it', () => {
    wakes(config, 5, 8.1);
    const { seq } = alarms()[0] as Entry;
    expect(journal.state.alarmSeq).toBe(seq);
    journal.session(1300, NO_NETWORK);
    journal.poweredOn(0, 5);
    wakes(config, 8.2);
    expect(journal.state.alarmSeq).toBe(seq);
    expect(alarms()).toHaveLength(1);
    journal.ack(seq);
    expect(journal.state.alarmSeq >= journal.state.acked).toBe(true);
    journal.ack(seq + 1);
    expect(journal.state.alarmSeq >= journal.state.acked).toBe(false);
    wakes(config, 8.5, 9);
    expect(journal.state.alarmSeq >= journal.state.acked).toBe(false);
    wakes(config, 5, 9);
    expect(journal.state.alarmSeq).toBeGreaterThan(seq);
  });

  test('is known to a boot many blocks and pages later, and its end does not take it back', () => {
    wakes(config, 5, 8.1, 5);
    const { seq } = alarms()[0] as Entry;
    // In big steps, so that a few make a block.
    for (let i = 0; i < 1500; i++) wakes(config, i % 2 === 0 ? 7.9 : 2.1);
    expect(log().some((entry) => entry.seq === seq)).toBe(true);
    reboot();
    expect(journal.state.alarmSeq).toBe(seq);
    expect(alarms()).toHaveLength(2);
  });

  test('is known although no reading was stored since, and the block that told it has ended', () => {
    wakes(config, 8.1);
    const { seq } = alarms()[0] as Entry;
    for (let i = 0; i < 60; i++) {
      reboot();
      journal.session(1300 + i, NO_NETWORK);
      expect(journal.state.alarmSeq).toBe(seq);
    }
  });

  test('stands when the rules are taken away, and nothing is written about that twice', () => {
    wakes(config, 8.1);
    const { seq } = alarms()[0] as Entry;
    wakes(DEFAULT_CONFIG, 9, 9);
    const before = checkpoints();
    wakes(DEFAULT_CONFIG, 9, 9, 9);
    expect(checkpoints()).toBe(before);
    reboot();
    expect(journal.state.alarmSeq).toBe(seq);
    journal.ack(seq + 1);
    wakes(DEFAULT_CONFIG, 9, 9, 9);
    expect(checkpoints()).toBe(before + 1);
    reboot();
    expect(journal.state.judged).toBeNull();
  });

  test('says nothing of its time where power was off between the reading and the record', () => {
    wakes(judgedBy([AT_ONCE]), 5);
    reboot();
    journal.poweredOn(0, 86_400);
    read(journal, 9000);
    // Power fails before it is judged.
    reboot();
    journal.poweredOn(0, 3);
    wakes(judgedBy([AT_ONCE]), 9);
    expect(alarms().map(({ powerOn, uptimeS, fields }) => [powerOn, uptimeS, fields[2]])).toEqual([
      [3, 3, 0],
    ]);
  });
});

describe('other rules', () => {
  test('judge from the next reading on, and what was measured before is not held against them', () => {
    const long = judgedBy([{ ...WARM, delayS: 7200 }]);
    wakes(long, 5, 9, 9, 9, 9, 9, 9, 9);
    expect(wakes(judgedBy([WARM]), 9, 9, 9, 9, 9, 9)).toBe(true);
    expect(alarms()).toEqual([]);
    wakes(judgedBy([WARM]), 9);
    // An hour from the first reading under these rules.
    expect(alarms().map(({ uptimeS, fields }) => [uptimeS, fields[7]])).toEqual([[8400, 3600]]);
  });

  test('do not remember an alarm of the old ones as their own', () => {
    wakes(judgedBy([AT_ONCE]), 9);
    wakes(judgedBy([{ ...AT_ONCE, limitMilliC: 7000 }]), 9, 9);
    expect(raised()).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  test('that are taken away and come back do not judge what was measured without them', () => {
    const config = judgedBy([WARM]);
    wakes(config, 5, 9, 9);
    wakes(DEFAULT_CONFIG, 9, 9, 9, 9, 9);
    wakes(config, 9, 9, 9, 9, 9, 9);
    expect(alarms()).toEqual([]);
    wakes(config, 9);
    expect(raised()).toEqual([[0, 1]]);
  });

  test('that are damaged leave the limits in force', () => {
    const rules = judgedBy([AT_ONCE]).rules as Uint8Array;
    rules[2] = 1;
    const config = { ...DEFAULT_CONFIG, rules, warmLimitMilliC: 6000 };
    wakes(config, 5, 7);
    expect(alarms().map(({ fields }) => fields.slice(5, 7))).toEqual([[7000, 6000]]);
    expect(wakes({ ...config, warmLimitMilliC: null }, 7)).toBe(false);
  });

  test('in other steps of temperature, or of other channels, go on where they were', () => {
    const config = judgedBy([WARM]);
    wakes(config, 5, 9, 9, 9);
    const fine = { ...SAMPLING, tempStep: 10, channels: [1, 2] };
    for (const temp of [9010, 9020, 9030, 9040]) {
      journal = boot(flash, { sampling: fine });
      read(journal, temp, fine);
      judgeReadings(journal, config);
    }
    expect(alarms().map(({ uptimeS, fields }) => [uptimeS, fields[5], fields[7]])).toEqual([
      [4200, 9040, 3600],
    ]);
  });
});

describe('what it costs', () => {
  test('nothing is written for a tracker without rules and limits', () => {
    wakes(DEFAULT_CONFIG, 5, 50, -50);
    expect(log().map(({ kind }) => kind)).toEqual(['POWER_ON', 'READING', 'READING', 'READING']);
    expect(journal.state.judged).toBeNull();
  });

  test('a checkpoint for each 64 records, and one at the head of each block', () => {
    wakes(judgedBy([WARM]), ...new Array(200).fill(5));
    expect(checkpoints()).toBeGreaterThanOrEqual(1 + 3);
    expect(checkpoints()).toBeLessThanOrEqual(1 + 4);
  });

  test('however much else is recorded, a wake walks through a few blocks only', () => {
    const config = judgedBy([...WHO_II, ...USP_ROOM.slice(1)]);
    for (let i = 0; i < 200; i++) {
      wakes(config, i % 2 === 0 ? 26 : -4);
      journal.session(600 * i + 9, NO_NETWORK);
      journal.radio([3, 2, 46001, -91, 4711, 12, 340, 25, 2312, 11346, null, 1, 0]);
      journal.fix(600 * i + 30, 2312345 - 9 * i, 11345678 + 7 * i, 9, 1790000000 + 601 * i);
      reboot();
      read(journal, 26_000);
      const before = flash.counts.bytesRead;
      judgeReadings(journal, config);
      // A block and its checks are 512 bytes, and are walked twice; the headers and what is written come on top.
      expect(flash.counts.bytesRead - before).toBeLessThan(2 * 6 * 512 + 14 * 40 + 512);
    }
  });

  test('the longest judgement leaves room for what a full ring keeps, and costs no page', () => {
    start(4);
    journal = boot(flash, { sampling: SAMPLING, limits: { ...NO_LIMITS, warmLimitMilliC: 1000 } });
    journal.judged(new Array(25).fill(4294967295));
    let erases = 0;
    for (let i = 0; i < 6000; i++) {
      read(journal, 5000 + 100 * (i % 7));
      const now = flash.erasesOf.reduce((sum, one) => sum + one);
      expect(now - erases).toBeLessThanOrEqual(1);
      erases = now;
    }
    expect(erases).toBeGreaterThan(4);
    expect(log().some(({ kind }) => kind === 'KEPT')).toBe(true);
    reboot();
    expect(journal.state.judged).toHaveLength(29);
  });

  test('days that nobody judged, as in safe mode, are judged at once, and each alarm is told once', () => {
    const config = judgedBy([AT_ONCE]);
    wakes(config, 5);
    for (let day = 0; day < 3; day++)
      for (let i = 0; i < 144; i++) {
        reboot();
        read(journal, i < 72 ? 5000 : 9000);
      }
    expect(wakes(config, 9)).toBe(true);
    wakes(config, 9, 9);
    expect(alarms().map(({ uptimeS, fields }) => [uptimeS + (fields[2] ?? 0), fields[1]])).toEqual([
      [600 * 73, 1],
      [600 * 145, 0],
      [600 * 217, 1],
      [600 * 289, 0],
      [600 * 361, 1],
    ]);
  });
});
