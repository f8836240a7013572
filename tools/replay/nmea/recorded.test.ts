/**
 * Recorded logs of real receivers, which are not part of the repository (../shared/data; SOURCE.txt there names where each is
 * from). These tests run where they are present.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fix } from '../../../hal/gnss.ts';
import { degreesE5 } from '../../../hal/nmea/degrees.ts';
import { NmeaReader } from '../../../hal/nmea/reader.ts';
import { EARLIEST_UTC_S } from '../../../hal/utc.ts';
import { type Outcome, type Refusal, replayNmea } from './replay.ts';

const data = new URL('../../../../shared/data/', import.meta.url);
const read = (path: string): Buffer => readFileSync(new URL(path, data));
const has = (folder: string): boolean => existsSync(new URL(folder, data));

/** All logs of gpsd are from 2007 to 2025. */
const BEFORE_ALL_S = Date.UTC(2007, 0, 1) / 1000;
const ROLLOVER_S = 7168 * 86_400;

const isFix = (outcome: Outcome): outcome is Fix => !('problem' in outcome);

interface Tpv {
  readonly class: string;
  readonly mode: number;
  readonly time?: string;
  readonly lat?: number;
  readonly lon?: number;
}

/** What gpsd reports with a position and a time, by the time of day to the second. */
function reportsOf(log: string): Map<string, Tpv[]> {
  const byTime = new Map<string, Tpv[]>();
  for (const line of read(`nmea-gpsd/${log}.chk`).toString('latin1').split(/\r?\n/)) {
    if (!line.startsWith('{"class":"TPV"')) continue;
    const tpv = JSON.parse(line) as Tpv;
    if (tpv.mode < 2 || tpv.time === undefined || tpv.lat === undefined) continue;
    const time = tpv.time.slice(11, 19);
    byTime.set(time, [...(byTime.get(time) ?? []), tpv]);
  }
  return byTime;
}

/** A fix, or a position that was refused because of where it is, by the time of day to the second. */
function timeOf(outcome: Outcome): string | undefined {
  if (isFix(outcome)) return new Date((outcome.utcS ?? 0) * 1000).toISOString().slice(11, 19);
  if (outcome.problem !== 'implausible') return undefined;
  return outcome.text.split(',')[1]?.replace(/^(..)(..)(..).*/, '$1:$2:$3');
}

/**
 * Comparable is each moment that has a position and a time in both. gpsd does not tell the time of the first RMC of a
 * session: two logs have a fix there. Two logs are from America, where the tracker takes no position: there the position
 * that it refuses is compared. bt451 tells two positions a second, of which the tracker takes those that differ.
 */
describe.skipIf(!has('nmea-gpsd')).each([
  { log: 'GPSmap-76S.log', fixes: 0, refused: 0, compared: 0 },
  { log: 'ac12.log', fixes: 0, refused: 7, compared: 7 },
  { log: 'beidou-bd.log', fixes: 5, refused: 0, compared: 4 },
  { log: 'bt451.log', fixes: 9, refused: 0, compared: 9 },
  { log: 'ch-4701.log', fixes: 26, refused: 0, compared: 26 },
  { log: 'mtk-3301.log', fixes: 4, refused: 0, compared: 3 },
  { log: 'quectel-L70.log', fixes: 0, refused: 16, compared: 16 },
  { log: 'skytraq.log', fixes: 0, refused: 0, compared: 0 },
  { log: 'telit-pls83-w.log', fixes: 10, refused: 0, compared: 10 },
])("gpsd's $log", ({ log, fixes, refused, compared }) => {
  // A block that is skipped is run through all the same.
  const bytes = has('nmea-gpsd') ? read(`nmea-gpsd/${log}`) : Buffer.alloc(0);
  const { outcomes } = replayNmea(bytes, bytes.length, BEFORE_ALL_S);

  it('gives the positions and times that gpsd has, to 1e-5 degrees and the second', () => {
    const reports = reportsOf(log);
    const unseen = new Set(reports.keys());
    let pairs = 0;
    for (const outcome of outcomes) {
      const time = timeOf(outcome);
      const there = time === undefined ? undefined : reports.get(time);
      if (time === undefined || there === undefined) continue;
      unseen.delete(time);
      pairs++;
      const { latE5 = Number.NaN, lonE5 = Number.NaN } = outcome;
      const offBy = there.map(({ lat = 0, lon = 0 }) =>
        Math.max(Math.abs(lat - latE5 / 1e5), Math.abs(lon - lonE5 / 1e5)),
      );
      expect(Math.min(...offBy), time).toBeLessThanOrEqual(1e-5);
      if (isFix(outcome))
        expect(there.map((tpv) => Math.floor(Date.parse(tpv.time ?? '') / 1000))).toContain(outcome.utcS);
    }
    expect(pairs).toBe(compared);
    expect([...unseen]).toEqual([]);
    expect(outcomes.filter(isFix)).toHaveLength(fixes);
    expect(outcomes.filter((one) => 'problem' in one && one.problem === 'implausible')).toHaveLength(refused);
  });

  it('gives the same in chunks of 1, 7 and 512 bytes', () => {
    for (const chunk of [1, 7, 512])
      expect(replayNmea(bytes, chunk, BEFORE_ALL_S).outcomes).toEqual(outcomes);
  });

  it('sets no clock to a date of its own, as all of them are from before the build', () => {
    const believed = replayNmea(bytes, 512, EARLIEST_UTC_S).outcomes.filter(isFix);
    expect(believed).toHaveLength(fixes);
    const told = outcomes.filter(isFix).map(({ utcS }) => (utcS as number) + ROLLOVER_S);
    expect(believed.map(({ utcS }) => utcS)).toEqual(told);
    expect(believed.every(({ rolledOver }) => rolledOver)).toBe(true);
  });
});

/** Worked out by hand from the sentences: degrees + minutes / 60. */
const manchester: Record<string, Fix> = {
  'pygpsdata-BADHDR.log': fix(5_345_067, -224_026, '2021-03-07T10:29:29Z', 8),
  'pygpsdata-nmea2.log': fix(5_345_067, -224_026, '2021-03-07T10:29:29Z', 8),
  'pygpsdata-nmea4sm.log': fix(5_345_066, -224_041, '2021-03-06T10:36:07Z', 6),
  'pygpsdata-nmeabadck2.log': fix(5_345_065, -224_026, '2022-01-20T11:59:34Z', 12),
  'pygpsdata-nmeafoo1.log': fix(5_345_070, -224_024, '2022-01-20T12:16:14Z', 12),
  'pygpsdata-nmeafoo2.log': fix(5_345_070, -224_024, '2022-01-20T12:16:14Z', 12),
  'pygpsdata-um981.log': fix(5_345_060, -224_024, '2026-02-24T13:00:58Z', 8),
};

function fix(latE5: number, lonE5: number, utc: string, satellites: number): Fix {
  return { latE5, lonE5, utcS: Date.parse(utc) / 1000, satellites };
}

const problems: Record<string, Refusal['problem'][]> = {
  // RMC and GGA are 100 degrees apart, both with right check digits.
  'pygpsdata-nmea4.log': ['contradiction'],
  'pygpsdata-nmeabadck.log': ['checksum', 'checksum'],
  'pygpsdata-nmeastartup.log': ['no-fix'],
};

/** Half a moment each, or other makers' sentences; unicore has GGAH and RMCH, which are another antenna's. */
const nothing = [
  ...['pygpsdata-badeof.log', 'pygpsdata-mixed.log', 'pygpsdata-nmea4lc.log', 'pygpsdata-maritime.log'],
  ...['pygpsdata-userdefined.log', 'unicore_nmea.log', 'trimble_nmea.log', 'quectel_nmea_response.log'],
  ...['quectel_nmea_command.log', 'quectel_nmea_get.log', 'feyman_nmea.log', 'septentriox5_nmea.log'],
];

describe.skipIf(!has('nmea-pynmeagps'))("pynmeagps' logs", () => {
  const outcomesOf = (log: string, chunk: number): readonly Outcome[] =>
    replayNmea(read(`nmea-pynmeagps/${log}`), chunk, Date.UTC(2020, 0, 1) / 1000).outcomes;

  it.each([1, 7, 100_000])('give the fixes that stand in them, in chunks of %i bytes', (chunk) => {
    for (const [log, expected] of Object.entries(manchester))
      expect(outcomesOf(log, chunk), log).toEqual([expected]);
  });

  it('give the refusals that they are made for', () => {
    for (const [log, expected] of Object.entries(problems))
      expect(
        outcomesOf(log, 512).map((outcome) => (isFix(outcome) ? 'fix' : outcome.problem)),
        log,
      ).toEqual(expected);
  });

  it('give nothing where there is nothing', () => {
    for (const log of nothing) expect(outcomesOf(log, 512), log).toEqual([]);
  });
});

interface Vector {
  readonly sentence: string;
  readonly expect: 'invalid' | { valid: boolean; lat?: number | null; lon?: number | null };
}

/** Its parser takes three digits for the degrees of a longitude that has two. */
const MISREAD = '$GPGGA,123519,4807.04,N,1131.00,E,1,8,0.9,545.9,M,46.9,M,,*45';

describe.skipIf(!has('nmea-gpsjs'))("GPS.js' sentences", () => {
  it('of RMC, GGA, GSA and ZDA are whole exactly where they are valid, and have its positions', () => {
    const vectors = JSON.parse(read('nmea-gpsjs/vectors.json').toString()) as Vector[];
    let sentences = 0;
    let positions = 0;
    for (const vector of vectors) {
      const kind = vector.sentence.slice(3, 6);
      if (vector.expect !== 'invalid' && !['RMC', 'GGA', 'GSA', 'ZDA'].includes(kind)) continue;
      const read: string[][] = [];
      new NmeaReader(
        (fields) => read.push(fields),
        () => {},
      ).push(`${vector.sentence}\r\n`);
      const { expect: expected } = vector;
      expect(read, vector.sentence).toHaveLength(expected !== 'invalid' && expected.valid ? 1 : 0);
      sentences++;
      if (
        expected === 'invalid' ||
        !expected.valid ||
        typeof expected.lat !== 'number' ||
        vector.sentence === MISREAD
      )
        continue;
      const [fields = []] = read;
      const at = kind === 'RMC' ? 3 : 2;
      const [lat = '', ns = '', lon = '', ew = ''] = fields.slice(at, at + 4);
      expect(Math.abs(degreesE5(lat, ns) - expected.lat * 1e5)).toBeLessThan(0.50001);
      expect(Math.abs(degreesE5(lon, ew) - (expected.lon as number) * 1e5)).toBeLessThan(0.50001);
      positions++;
    }
    expect([sentences, positions]).toEqual([27, 16]);
  });
});
