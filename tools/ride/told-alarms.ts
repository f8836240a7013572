import { BELOW, CUMULATIVE, MEAN_KINETIC } from '../../firmware/judge/rules.ts';
import type { JournalRecord } from '../decode/record.ts';
import { HOUR_US } from '../sim/kernel.ts';
import type { AlarmRecord } from './harm.ts';
import type { StoredReading } from './witness.ts';

const PLACES = ['the whole box', 'supply', 'return', 'ambient', 'cargo 1', 'cargo 2', 'cargo 3', 'cargo 4'];

function ruleWords(code: number): string {
  if (code & MEAN_KINETIC) return 'mean kinetic above';
  return `${code & BELOW ? 'below' : 'above'}${code & CUMULATIVE ? ', in all' : ''}`;
}

/**
 * The ALARMs among a device's records. They are of the hour at which the reading was taken that raised them: by the world's
 * clock, which the tracker does not have.
 */
export function toldAlarms(
  records: readonly JournalRecord[],
  stored: ReadonlyMap<number, StoredReading>,
): AlarmRecord[] {
  const readings = [...stored.values()].sort((a, b) => a.seq - b.seq);
  return records.flatMap((record) => {
    if (record.kind !== 'ALARM') return [];
    const reading = readings.findLast(({ seq }) => seq < record.seq);
    if (!reading) return [];
    return {
      seq: record.seq,
      atHour: reading.sample.atUs / HOUR_US,
      raised: record.raised,
      rule: record.rule,
      kind: ruleWords(record.code),
      place: PLACES[record.place] ?? `place ${record.place}`,
      valueC: record.valueC,
      limitC: record.limitC,
      seconds: record.seconds,
      degreeMinutes: record.degreeMinutes,
      extremeC: record.extremeC,
      isSum: (record.code & (CUMULATIVE | MEAN_KINETIC)) !== 0,
    };
  });
}
