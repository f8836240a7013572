/**
 * What docs/cargo.md says of harm, computed from the whole history at once: the second opinion on what the device makes of
 * one reading after the other. It keeps nothing from one reading to the next, and shares no code with the firmware.
 */
import { meanKineticC } from './mean-kinetic.ts';
import { type HarmRule, PLACE_NAMES, type Place } from './profile.ts';

export interface HarmReading {
  readonly powerOn: number;
  readonly uptimeS: number;
  /** Thousandths of a degree Celsius; a place that is not there has no value. */
  readonly tempsMilliC: Readonly<Partial<Record<Place, number>>>;
  readonly masked: boolean;
}

export interface HarmAlarm {
  /** Index of the reading, and of the rule. */
  readonly reading: number;
  readonly rule: number;
  readonly raised: boolean;
  readonly place: Place;
  readonly valueMilliC: number;
  readonly limitMilliC: number;
  readonly seconds: number;
  readonly kelvinMinutes: number;
  readonly extremeMilliC: number;
}

const HOUR_S = 3600;

/** Seconds that count between a reading and the one before it. */
export function stepsOf(history: readonly HarmReading[]): number[] {
  return history.map((reading, index) => {
    const before = history[index - 1];
    if (before === undefined || before.powerOn !== reading.powerOn) return 0;
    return Math.min(Math.max(reading.uptimeS - before.uptimeS, 0), HOUR_S);
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** Whether a mask moves limits at a reading: it has been on for less than an hour. */
function isInForce(history: readonly HarmReading[], steps: readonly number[], at: number): boolean {
  if (!history[at].masked) return false;
  const begun = history.slice(0, at).findLastIndex(({ masked }) => !masked) + 1;
  return sum(steps.slice(begun + 1, at + 1)) < HOUR_S;
}

interface Sight {
  readonly place: Place;
  readonly valueMilliC: number;
  /** In force at this reading. */
  readonly limitMilliC: number;
  /** How far beyond that limit. */
  readonly excess: number;
  readonly says: 'outside' | 'inside' | 'nothing';
}

/** What each place of a rule says at a reading, in the order of the places. */
function sightsOf(rule: HarmRule, reading: HarmReading, inForce: boolean): Sight[] {
  const outwards = rule.side === 'above' ? 1 : -1;
  return PLACE_NAMES.filter((place) => rule.places.includes(place)).flatMap((place) => {
    const valueMilliC = reading.tempsMilliC[place];
    if (valueMilliC === undefined) return [];
    const grace = inForce && place === 'return' ? rule.graceMilliK : 0;
    const limitMilliC = rule.limitMilliC + outwards * grace;
    const excess = outwards * (valueMilliC - limitMilliC);
    const within = -outwards * (valueMilliC - rule.limitMilliC);
    const isOutside = excess > 0 || (rule.limitCounts && excess === 0);
    const isInside = within >= rule.hysteresisMilliK && (within > 0 || !rule.limitCounts);
    const says = isOutside ? 'outside' : isInside ? 'inside' : 'nothing';
    return [{ place, valueMilliC, limitMilliC, excess, says }];
  });
}

const worstOf = (sights: readonly Sight[]) =>
  sights.reduce<Sight | undefined>(
    (best, one) => (best && best.excess >= one.excess ? best : one),
    undefined,
  );

function eventAlarms(rule: HarmRule, index: number, history: readonly HarmReading[]): HarmAlarm[] {
  const steps = stepsOf(history);
  const sights = history.map((reading, at) => sightsOf(rule, reading, isInForce(history, steps, at)));
  const isOutside = (at: number) => sights[at]?.some(({ says }) => says === 'outside') ?? false;
  /** The latest that each place has said for certain. */
  const isCalm = history.map((_, at) =>
    rule.places.every((place) => {
      const latest = sights
        .slice(0, at + 1)
        .findLast((all) => all.some((one) => one.place === place && one.says !== 'nothing'));
      return latest?.find((one) => one.place === place)?.says !== 'outside';
    }),
  );
  const isSingle = rule.judge === 'event';
  /** First reading of what is judged together with that at `at`. */
  const since = (at: number) => (isSingle ? isCalm.slice(0, at).lastIndexOf(true) + 1 : 0);
  const counted = (from: number, to: number) =>
    steps.map((step, at) => (at > from && at <= to && isOutside(at) && isOutside(at - 1) ? step : 0));
  const isBroken = (at: number) => {
    if (at < 0 || (isSingle && isCalm[at])) return false;
    const from = since(at);
    for (let until = from; until <= at; until++)
      if (isOutside(until) && sum(counted(from, until)) >= rule.seconds) return true;
    return false;
  };
  return history.flatMap((_, at) => {
    const worst = worstOf(sights[at]);
    const raised = isBroken(at);
    if (worst === undefined || raised === isBroken(at - 1)) return [];
    const from = since(at);
    const seconds = counted(from, at);
    const outside = sights
      .slice(from, at + 1)
      .flatMap((all, offset) => (isOutside(from + offset) ? [worstOf(all)?.valueMilliC ?? Number.NaN] : []));
    return [
      {
        reading: at,
        rule: index,
        raised,
        place: worst.place,
        valueMilliC: worst.valueMilliC,
        limitMilliC: worst.limitMilliC,
        seconds: sum(seconds),
        kelvinMinutes: sum(seconds.map((step, n) => (step * (worstOf(sights[n])?.excess ?? 0)) / 60_000)),
        extremeMilliC: rule.side === 'above' ? Math.max(...outside) : Math.min(...outside),
      },
    ];
  });
}

/**
 * The mean kinetic temperature that a window shows at each reading, degrees Celsius; null before an eighth of it has been
 * measured. Eighths begin with the first reading, and the oldest goes as the newest comes.
 */
export function windowMeansC(rule: HarmRule, history: readonly HarmReading[]): (number | null)[] {
  const eighthS = rule.seconds / 8;
  const hottest = history.map((reading) => {
    const values = rule.places.flatMap((place) => reading.tempsMilliC[place] ?? []);
    return values.length > 0 ? Math.max(...values) / 1000 : null;
  });
  const pieces = stepsOf(history).map((step, at) =>
    hottest[at] === null || (hottest[at - 1] ?? null) === null ? 0 : step,
  );
  return history.map((_, at) => {
    const measuredS = sum(pieces.slice(0, at + 1));
    if (measuredS < eighthS) return null;
    const whole = Math.floor(measuredS / eighthS);
    const temps: number[] = [];
    const weights: number[] = [];
    let fromS = 0;
    for (let n = 0; n <= at; n++) {
      const toS = fromS + pieces[n];
      for (let eighth = Math.floor(fromS / eighthS); eighth * eighthS < toS; eighth++) {
        const partS = Math.min(toS, (eighth + 1) * eighthS) - Math.max(fromS, eighth * eighthS);
        const age = whole - eighth;
        const kept = age > 8 ? 0 : age === 8 ? 1 - (measuredS - whole * eighthS) / eighthS : 1;
        temps.push(hottest[n] ?? Number.NaN);
        weights.push(partS * kept);
      }
      fromS = toS;
    }
    const some = weights.flatMap((weight, n) => (weight > 0 ? [n] : []));
    return meanKineticC(
      some.map((n) => temps[n]),
      some.map((n) => weights[n]),
    );
  });
}

/** Every alarm of single events and of sums, by reading; for a window see `windowMeansC`. */
export function harmIn(rules: readonly HarmRule[], history: readonly HarmReading[]): HarmAlarm[] {
  return rules
    .flatMap((rule, index) => (rule.judge === 'mean-kinetic' ? [] : eventAlarms(rule, index, history)))
    .toSorted((a, b) => a.reading - b.reading || a.rule - b.rule);
}
