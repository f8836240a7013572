/**
 * Fixes from a receiver's NMEA. RMC has the date and whether the position is valid, GGA has its quality: it takes both of
 * the same moment. GSA, which has no time of its own, and ZDA only speak against a fix.
 */
import type { Fix } from '../gnss.ts';
import { degreesE5 } from './degrees.ts';
import { against, believe } from './fix-rule.ts';
import { NmeaReader, type SentenceProblem } from './reader.ts';

/**
 * Why a sentence, or a position, was not taken.
 * - short: it has fewer fields than its kind must have
 * - no-fix: the receiver says that it has none, or shows no position, no HDOP, or 0 N 0 E
 * - contradiction: the two sentences of one moment show different positions
 * - stale: it has been told before
 * - implausible: off the corridor's continents, or out of reach from the position before
 */
export type NmeaProblem = SentenceProblem | 'short' | 'no-fix' | 'contradiction' | 'stale' | 'implausible';

/** RMC: time 1, status 2, position 3 to 6, date 9. GGA: time 1, position 2 to 5, quality 6, satellites 7, HDOP 8. */
const FIELDS_OF_RMC = 10;
const FIELDS_OF_GGA = 9;
/** Qualities that are no measurement: 6 estimated, 7 entered by hand, 8 simulated. */
const FIRST_UNMEASURED = 6;
const LAST_UNMEASURED = 8;

export class NmeaFixes {
  /** Sentences that were whole, since `reset`; and refusals of any kind. */
  heard = 0;
  refused = 0;
  /** The position that the next one is measured by: the last that was whole and on the route. */
  before: Fix | null = null;
  private readonly onFix: (fix: Fix) => void;
  private readonly onProblem: (problem: NmeaProblem, text: string) => void;
  private readonly notBeforeS: number;
  private readonly reader: NmeaReader;
  private rmc: string[] = [];
  private gga: string[] = [];
  /** Best fix mode of the GSA since the last moment that was whole: 1 none, 2 and 3 dimensions; 0 without a GSA. */
  private mode = 0;
  /** Time and date as ZDA tells them, hhmmss.ss and yyMMdd. */
  private zdaTime = '';
  private zdaDate = '';
  /** Time of the last moment that was whole. */
  private lastTime = '';

  /**
   * `onProblem` gets the sentence that was refused, or the GGA without its ends where both were in order and the position
   * was refused. No date before `notBeforeS` sets a clock.
   */
  constructor(
    notBeforeS: number,
    onFix: (fix: Fix) => void,
    onProblem: (problem: NmeaProblem, text: string) => void,
  ) {
    this.notBeforeS = notBeforeS;
    this.onFix = onFix;
    this.onProblem = onProblem;
    this.reader = new NmeaReader(
      (fields) => {
        this.heard++;
        this.take(fields);
      },
      (problem, text) => {
        this.refuse(problem, text);
      },
    );
  }

  /** Forget what has come so far, but for the position before and its time: a receiver may begin by repeating them. */
  reset(): void {
    this.reader.reset();
    this.heard = 0;
    this.rmc = [];
    this.gga = [];
    this.mode = 0;
    this.zdaTime = '';
  }

  push(bytes: string): void {
    this.reader.push(bytes);
  }

  private refuse(problem: NmeaProblem, text: string): void {
    this.refused++;
    this.onProblem(problem, text);
  }

  private take(fields: string[]): void {
    const kind = fields[0].substr(2);
    if (kind === 'RMC' || kind === 'GGA') {
      if (fields.length < (kind === 'RMC' ? FIELDS_OF_RMC : FIELDS_OF_GGA)) {
        this.refuse('short', fields.join(','));
        return;
      }
      if (kind === 'RMC') this.rmc = fields;
      // Receivers with a GGA for each satellite system repeat the position; the one with the most satellites counts.
      else if (fields[1] !== this.gga[1] || parseInt(fields[7], 10) > parseInt(this.gga[7], 10))
        this.gga = fields;
      if (this.rmc.length > 0 && this.rmc[1] === this.gga[1]) this.judge();
    } else if (kind === 'GSA') {
      this.mode = Math.max(this.mode, parseInt(fields[2], 10) || 0);
    } else if (fields.length > 4) {
      this.zdaTime = fields[1];
      this.zdaDate = fields[4].substr(2) + fields[3] + fields[2];
    }
  }

  /** What RMC and GGA of one moment come to. */
  private judge(): void {
    const rmc = this.rmc;
    const gga = this.gga;
    const fix = this.fixIn(rmc, gga);
    this.rmc = [];
    this.gga = [];
    this.mode = 0;
    this.lastTime = rmc[1];
    let problem: NmeaProblem | null = null;
    if (typeof fix === 'string') {
      problem = fix;
    } else {
      const before = this.before;
      this.before = fix;
      if (before !== null)
        problem = against(
          fix,
          before,
          fix.utcS !== null && before.utcS !== null ? Math.abs(fix.utcS - before.utcS) : NaN,
        );
      if (problem === null) this.onFix(fix);
    }
    if (problem !== null) this.refuse(problem, gga.join(','));
  }

  private fixIn(rmc: string[], gga: string[]): Fix | NmeaProblem {
    const quality = parseInt(gga[6], 10);
    if (rmc[2] !== 'A' || !(quality > 0) || this.mode === 1) return 'no-fix';
    if (quality >= FIRST_UNMEASURED && quality <= LAST_UNMEASURED) return 'no-fix';
    const time = rmc[1];
    if (time === this.lastTime) return 'stale';
    for (let i = 2; i < 6; i++)
      // Up to the point: receivers round the two differently.
      if (gga[i].split('.')[0] !== rmc[i + 1].split('.')[0]) return 'contradiction';
    const date = rmc[9].substr(4) + rmc[9].substr(2, 2) + rmc[9].substr(0, 2);
    const isDateSure = this.zdaTime !== time || this.zdaDate === date;
    return (
      believe(
        degreesE5(gga[2], gga[3]),
        degreesE5(gga[4], gga[5]),
        isDateSure ? date + time : '',
        gga[8],
        gga[7],
        this.notBeforeS,
      ) || 'no-fix'
    );
  }
}
