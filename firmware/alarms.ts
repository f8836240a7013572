/**
 * The judgement of the cargo, wake by wake. It is a fold over all readings, and the journal holds it as a checkpoint
 * (JUDGED) with what has been read since: a boot takes the checkpoint and folds those readings again. The ALARMs that
 * stand behind the checkpoint are the first that come of it; one that a power cut kept from being written is written now.
 */
import { isMasked } from './conditions.ts';
import type { Config } from './config/schema.ts';
import { JUDGED_HEAD } from './journal/apply.ts';
import { BLOCKS_PER_PAGE } from './journal/format.ts';
import { readHeader } from './journal/header.ts';
import type { Journal } from './journal/journal.ts';
import { lookBack } from './journal/look-back.ts';
import { temperaturesOf } from './journal/temperatures.ts';
import { walkBlock } from './journal/walk.ts';
import type { Alarm } from './judge/alarm.ts';
import { blankJudgement, isDisturbed, itemsOf, judgementOf } from './judge/judgement.ts';
import { BELOW, type Rule, rulesOf } from './judge/rules.ts';
import { step } from './judge/step.ts';

/** A checkpoint takes 20 to 120 bytes of flash, and a reading behind it 10 ms of each wake. */
const CHECKPOINT_EVERY = 64;
/** Blocks that are walked in each wake, until there is a checkpoint in the newest one again. */
const MANY_BLOCKS = 4;
/** Two pages: more than comes behind a checkpoint, but for days in safe mode, which judges nothing. */
const MOST_BLOCKS = 32;
/** Air that swings about a limit is one excursion. */
const WAY_BACK_MILLI_K = 500;
/** All places but the ambient air. */
const IN_THE_BOX = 0xf6;

/** What is to be told of a reading: the alarm, and seconds from now, 0 where nobody knows as power was off since. */
interface Finding {
  readonly alarm: Alarm;
  readonly afterS: number;
}

/** The rules of the configuration; where it has none, its limits stand for two that break at once. */
function rulesFor(config: Config): Rule[] {
  const rules = rulesOf(config.rules);
  if (rules.length > 0) return rules;
  const limits = [config.warmLimitMilliC, config.coldLimitMilliC];
  for (let i = 0; i < limits.length; i++) {
    const limitMilliC = limits[i];
    const kind = i * BELOW;
    if (limitMilliC !== null)
      rules.push({
        kind,
        places: IN_THE_BOX,
        limitMilliC,
        delayS: 0,
        hysteresisMilliK: WAY_BACK_MILLI_K,
        graceMilliK: 0,
      });
  }
  return rules;
}

/** Put down that nothing is judged any more. What an alarm has told before stands until somebody holds it. */
function endJudgement(journal: Journal): void {
  const state = journal.state;
  const judged = state.judged;
  const isHeld = state.alarmSeq < state.acked;
  if (isHeld) state.alarmSeq = -1;
  // Else the same rules, when they come back, would judge what was measured without them.
  if (isHeld || (judged !== null && judged.length !== JUDGED_HEAD)) journal.judged([]);
  if (isHeld) state.judged = null;
}

/**
 * Judge the readings since the last checkpoint, put down what has come of them, and tell whether something is wrong with the
 * cargo, so that readings should come more often. To be called behind each reading.
 */
export function judgeReadings(journal: Journal, config: Config): boolean {
  const rules = rulesFor(config);
  const ring = journal.ring;
  const state = journal.state;
  if (rules.length === 0 && state.judged === null) return false;
  let judged = state.judged;
  let from = state.judgedThrough;
  const wasTorn = judged !== null && judged.length === 0;
  let told = wasTorn ? 0 : state.told;
  const blocks: number[] = [];
  lookBack(journal, MOST_BLOCKS, (block, page, index) => {
    // A power cut has torn off the one that the newest block was to begin with: its ALARMs come behind an older one.
    if (judged !== null && judged.length === 0) {
      judged = block.state.judged;
      from = block.state.judgedThrough;
      told += block.state.told;
      if (state.alarmSeq < 0) state.alarmSeq = block.state.alarmSeq;
    }
    if (rules.length === 0) return judged === null || judged.length > 0;
    blocks.push(page * BLOCKS_PER_PAGE + index);
    if (judged === null) return block.first <= journal.readingSeq;
    return judged.length > 0 && block.first <= from + 1;
  });
  if (rules.length === 0) {
    endJudgement(journal);
    return false;
  }

  const items: (number | null)[] = [];
  for (let i = JUDGED_HEAD; judged !== null && i < judged.length; i++) items.push(judged[i]);
  let judgement = judgementOf(items, rules);
  if (judgement === null) {
    // What was measured before there were these rules is not held against them.
    judgement = blankJudgement(rules);
    from = journal.readingSeq - 1;
    told = 0;
    journal.judged(itemsOf(judgement), from);
  }

  const found: Finding[] = [];
  for (let i = blocks.length - 1; i >= 0; i--) {
    const page = Math.floor(blocks[i] / BLOCKS_PER_PAGE);
    const header = readHeader(ring.flash, page, ring.crypto);
    if (header === null) continue;
    walkBlock(ring.flash, page, blocks[i] % BLOCKS_PER_PAGE, header, ring.crypto, (block) => {
      const past = block.state;
      if (past.nextSeq - 1 <= from || block.row === null) return;
      const reading = {
        powerOn: past.powerOn,
        uptimeS: past.rowClockS,
        tempsMilliC: temperaturesOf(block.row, header.scale),
        masked: isMasked(past.conditions),
      };
      const afterS = past.powerOn === state.powerOn ? past.rowClockS - state.rowClockS : 0;
      step(judgement, reading, (alarm) => {
        if (told > 0) told--;
        else found.push({ alarm, afterS });
      });
    });
  }
  for (let i = 0; i < found.length; i++) {
    const alarm = found[i].alarm;
    journal.alarm([
      alarm.rule,
      alarm.raised ? 1 : 0,
      found[i].afterS,
      alarm.kind,
      alarm.place,
      alarm.valueMilliC,
      alarm.limitMilliC,
      alarm.seconds,
      alarm.degreeMinutes,
      alarm.extremeMilliC,
    ]);
  }
  const isLong = blocks.length >= MANY_BLOCKS || journal.readingSeq - from >= CHECKPOINT_EVERY;
  if (found.length > 0 || wasTorn || isLong) journal.judged(itemsOf(judgement));
  return isDisturbed(judgement);
}
