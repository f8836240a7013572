/** A rule that has come to be broken, or is not any more; with the numbers that say so. */
export interface Alarm {
  /** Index of the rule. */
  readonly rule: number;
  readonly kind: number;
  readonly raised: boolean;
  /** Where it is worst at this reading. */
  readonly place: number;
  /** What is measured there, or the mean kinetic temperature. */
  readonly valueMilliC: number;
  /** The limit in force there. */
  readonly limitMilliC: number;
  /** Outside in this event, or in all; or measured within the window. */
  readonly seconds: number;
  /** Kelvins beyond the limit times minutes, of the same time. */
  readonly degreeMinutes: number;
  /** The worst value of that time, to 65.535 K beyond the limit; or the mean kinetic temperature of the worst eighth. */
  readonly extremeMilliC: number;
}
