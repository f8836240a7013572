import type { TruthEvent } from '../world/truth.ts';

/** What is done to a box is felt, at the latest, this long after it has ended. */
const AFTER_HOURS = 6;

/** An ALARM record: something that counts as harm was raised, or has ended. */
export interface AlarmRecord {
  readonly seq: number;
  /** Hours since departure. */
  readonly atHour: number;
  readonly raised: boolean;
  /** Index of the rule, and what it is about. */
  readonly rule: number;
  readonly kind: string;
  readonly place: string;
  readonly valueC: number | null;
  readonly limitC: number;
  /** Seconds that count, up to this record. */
  readonly seconds: number;
  /** Kelvin minutes beyond the limit. */
  readonly degreeMinutes: number;
  readonly extremeC: number | null;
  /** The seconds are those of several excursions together, so that they do not tell when the last one began. */
  readonly isSum?: boolean;
}

export interface RideClock {
  /** UTC, ISO 8601. */
  readonly departure: string;
  /** Seconds between readings: an excursion may be counted from the reading before the one that saw it. */
  readonly intervalS: number;
}

/** An alarm, beside what was really done. */
export interface ToldAlarm {
  readonly seq: number;
  readonly atHour: number;
  /** When what it tells of began. */
  readonly sinceHour: number;
  /** When the tracker took it back; undefined: never. */
  readonly endedAtHour: number | undefined;
  readonly kind: string;
  readonly place: string;
  /** When the alarm was raised. */
  readonly valueC: number | null;
  readonly limitC: number;
  /** These three up to its end, where it has ended. */
  readonly seconds: number;
  readonly degreeMinutes: number;
  readonly extremeC: number | null;
  readonly cause: TruthEvent | undefined;
}

/** Something that was done, and the first alarm that told of it. */
export interface ToldEvent {
  readonly event: TruthEvent;
  readonly alarm: ToldAlarm | undefined;
}

/** The alarms of a ride beside what was really done to the box. */
export interface HarmAccount {
  readonly departure: string;
  readonly alarms: readonly ToldAlarm[];
  readonly events: readonly ToldEvent[];
  /** Alarms that nothing explains, or a defrost alone, which does not warm the cargo. */
  readonly falseAlarms: readonly ToldAlarm[];
  /** Records of an end whose alarm is not among the records. */
  readonly strayEnds: number;
}

/**
 * Hold the alarms of a ride against what was really done. The cause of an alarm is what went on when its excursion began,
 * else what had ended up to six hours before; a defrost only when nothing else explains it.
 */
export function harmAccount(
  truth: readonly TruthEvent[],
  records: readonly AlarmRecord[],
  clock: RideClock,
): HarmAccount {
  const inOrder = records.toSorted((one, other) => one.seq - other.seq);
  const raised = inOrder.filter((record) => record.raised);
  const ends = pairEnds(inOrder);
  const alarms = raised.map((record): ToldAlarm => {
    const end = ends.get(record);
    const { seconds, degreeMinutes, extremeC } = end ?? record;
    const { seq, atHour, kind, place, valueC, limitC } = record;
    const sinceHour = record.isSum ? atHour : atHour - record.seconds / 3600;
    const cause = causeOf(sinceHour, truth, clock.intervalS / 3600);
    return {
      seq,
      atHour,
      sinceHour,
      endedAtHour: end?.atHour,
      kind,
      place,
      valueC,
      limitC,
      seconds,
      degreeMinutes,
      extremeC,
      cause,
    };
  });
  return {
    departure: clock.departure,
    alarms,
    events: truth.map((event) => ({ event, alarm: alarms.find(({ cause }) => cause === event) })),
    falseAlarms: alarms.filter(({ cause }) => cause === undefined || cause.kind === 'defrost'),
    strayEnds: inOrder.length - raised.length - ends.size,
  };
}

/** Each raised alarm with the record of its end: the next end of the same rule, wherever it is worst by then. */
function pairEnds(inOrder: readonly AlarmRecord[]): Map<AlarmRecord, AlarmRecord> {
  const standing = new Map<number, AlarmRecord>();
  const ends = new Map<AlarmRecord, AlarmRecord>();
  for (const record of inOrder) {
    const alarm = standing.get(record.rule);
    if (record.raised) standing.set(record.rule, record);
    else if (alarm) {
      ends.set(alarm, record);
      standing.delete(record.rule);
    }
  }
  return ends;
}

function causeOf(
  sinceHour: number,
  truth: readonly TruthEvent[],
  slackHours: number,
): TruthEvent | undefined {
  const begun = truth.filter(({ fromHour }) => fromHour - slackHours <= sinceHour);
  const during = begun.filter(({ toHour }) => sinceHour <= toHour);
  const after = begun.filter(({ toHour }) => toHour < sinceHour && sinceHour <= toHour + AFTER_HOURS);
  const isDeed = ({ kind }: TruthEvent) => kind !== 'defrost';
  return (
    latest(during.filter(isDeed), 'fromHour') ??
    latest(after.filter(isDeed), 'toHour') ??
    latest(during, 'fromHour') ??
    latest(after, 'toHour')
  );
}

function latest(events: readonly TruthEvent[], edge: 'fromHour' | 'toHour'): TruthEvent | undefined {
  return events.reduce<TruthEvent | undefined>(
    (best, event) => (best === undefined || event[edge] >= best[edge] ? event : best),
    undefined,
  );
}
