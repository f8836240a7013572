/**
 * The judgement of the cargo, wake by wake. It is a fold over all readings, and the journal holds it as a checkpoint
 * (JUDGED) with what has been read since: a boot takes the checkpoint and folds those readings again. An ALARM that
 * stands behind the checkpoint is known; one that a power cut kept from being written is found again and written then.
 */
import { isMasked } from './conditions.ts';
import type { Config } from './config/config.ts';
import { BLOCKS_PER_PAGE } from './journal/format.ts';
import { type PageHeader, readHeader } from './journal/header.ts';
import type { Journal } from './journal/journal.ts';
import { lookBack } from './journal/look-back.ts';
import { temperaturesOf } from './journal/temperatures.ts';
import { type Block, walkBlock } from './journal/walk.ts';
import type { Alarm } from './judge/alarm.ts';
import { blankJudgement, isDisturbed, itemsOf, judgementOf } from './judge/judgement.ts';
import { BELOW, type Rule, rulesOf } from './judge/rules.ts';
import { step } from './judge/step.ts';

/** A checkpoint takes 20 to 120 bytes of flash, and a reading behind it 10 ms of each wake. */
const CHECKPOINT_EVERY = 32;
/** More than the records behind a checkpoint can take. */
const MOST_BLOCKS = 8;
/** All places but the ambient air. */
const IN_THE_BOX = 0xf6;

/** The rules of the configuration; where it has none, its limits stand for two that break at once. */
function rulesFor(config: Config): Rule[] {
  const rules = rulesOf(config.rules);
  if (rules.length > 0) return rules;
  const limits = [config.warmLimitMilliC, config.coldLimitMilliC];
  for (let i = 0; i < limits.length; i++) {
    const limitMilliC = limits[i];
    const kind = i * BELOW;
    if (limitMilliC !== null)
      rules.push({ kind, places: IN_THE_BOX, limitMilliC, delayS: 0, hysteresisMilliK: 0, graceMilliK: 0 });
  }
  return rules;
}

/**
 * Judge the readings since the last checkpoint, put down what has come of them, and tell whether something is wrong with the
 * cargo, so that readings should come more often. To be called behind each reading.
 */
export function judgeReadings(journal: Journal, config: Config): boolean {
  const rules = rulesFor(config);
  const ring = journal.ring;
  const state = journal.state;
  if (rules.length === 0) {
    state.judged = null;
    return false;
  }
  let judged = state.judged;
  let from = state.judgedThrough;
  let told = state.told;
  const blocks: number[] = [];
  if (judged !== null)
    lookBack(journal, MOST_BLOCKS, (block, page, index) => {
      // A power cut has torn off the one that the newest block was to begin with.
      if (judged !== null && judged.length === 0 && block.state.judged !== null) {
        judged = block.state.judged;
        from = block.state.judgedThrough;
        told = block.state.told;
        if (state.alarmSeq < 0) state.alarmSeq = block.state.alarmSeq;
      }
      blocks.push(page * BLOCKS_PER_PAGE + index);
      return judged !== null && judged.length > 0 && block.first <= from + 1;
    });
  const items: (number | null)[] = [];
  for (let i = 4; judged !== null && i < judged.length; i++) items.push(judged[i]);
  let judgement = judgementOf(items, rules);
  const isNew = judgement === null;
  if (judgement === null) {
    // What was measured before there were these rules is not held against them.
    judgement = blankJudgement(rules);
    from = journal.readingSeq - 1;
    told = 0;
    if (blocks.length === 0) blocks.push(ring.page * BLOCKS_PER_PAGE + ring.index);
  }

  const found: { alarm: Alarm; clockS: number }[] = [];
  for (let i = blocks.length - 1; i >= 0; i--) {
    const page = Math.floor(blocks[i] / BLOCKS_PER_PAGE);
    const header = readHeader(ring.flash, page, ring.crypto) as PageHeader;
    walkBlock(ring.flash, page, blocks[i] % BLOCKS_PER_PAGE, header, ring.crypto, (block: Block) => {
      const past = block.state;
      if (past.nextSeq - 1 <= from || block.row === null) return;
      const reading = {
        powerOn: past.powerOn,
        uptimeS: past.rowClockS,
        tempsMilliC: temperaturesOf(block.row, header.scale),
        masked: isMasked(past.conditions),
      };
      step(judgement, reading, (alarm) => {
        if ((told & (1 << (2 * alarm.rule + (alarm.raised ? 1 : 0)))) === 0)
          found.push({ alarm, clockS: past.rowClockS });
      });
    });
  }
  for (let i = 0; i < found.length; i++) {
    const alarm = found[i].alarm;
    journal.alarm([
      alarm.rule,
      alarm.raised ? 1 : 0,
      found[i].clockS - state.rowClockS,
      alarm.kind,
      alarm.place,
      alarm.valueMilliC,
      alarm.limitMilliC,
      alarm.seconds,
      alarm.degreeMinutes,
      alarm.extremeMilliC,
    ]);
  }
  if (isNew || found.length > 0 || journal.readingSeq - from >= CHECKPOINT_EVERY)
    journal.judged(itemsOf(judgement));
  return isDisturbed(judgement);
}
