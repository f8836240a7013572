/** Something that counts as harm to the cargo, or its end: an ALARM record of docs/journal.md. */
export interface Alarm {
  /** Index of the rule in the configuration. */
  rule: number;
  raised: boolean;
  /** What kind of rule: docs/cargo.md. */
  code: number;
  /** Where: 1 supply, 2 return, 3 ambient, 4 to 7 cargo probes 1 to 4; 0 for all of the rule's places together. */
  place: number;
  /** Degrees Celsius; null where the tracker restarted before it could say so. */
  valueC: number | null;
  limitC: number;
  /** Seconds that count: of the event, or of all of them together. */
  seconds: number;
  /** Kelvin minutes beyond the limit. */
  degreeMinutes: number;
  extremeC: number | null;
}

/** The items of an ALARM behind its kind, but for the time. */
export function alarmOf(items: readonly (number | null)[]): Alarm {
  const [rule, raised, , code, place, value, limit, seconds, degreeMinutes, extreme] = items;
  return {
    rule: rule ?? 0,
    raised: raised === 1,
    code: code ?? 0,
    place: place ?? 0,
    valueC: celsius(value),
    limitC: (limit ?? 0) / 1000,
    seconds: seconds ?? 0,
    degreeMinutes: degreeMinutes ?? 0,
    extremeC: celsius(extreme),
  };
}

function celsius(milliC: number | null | undefined): number | null {
  return milliC === null || milliC === undefined ? null : milliC / 1000;
}
