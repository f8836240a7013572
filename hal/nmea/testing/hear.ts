import type { Fix } from '../../gnss.ts';
import { EARLIEST_UTC_S } from '../../utc.ts';
import { NmeaFixes, type NmeaProblem } from '../fixes.ts';

/** With "$", check digits and the end of the line. Written apart from the code under test. */
export function framed(content: string, end = '\r\n'): string {
  const sum = Buffer.from(content, 'latin1').reduce((parity, byte) => parity ^ byte, 0);
  return `$${content}*${Buffer.of(sum).toString('hex').toUpperCase()}${end}`;
}

export interface Moment {
  readonly time?: string;
  readonly date?: string;
  readonly status?: string;
  readonly lat?: string;
  readonly ns?: string;
  readonly lon?: string;
  readonly ew?: string;
  readonly quality?: string;
  readonly satellites?: string;
  readonly hdop?: string;
}

/** What is the same in the RMC and the GGA of one moment: Warsaw, 22 November 2026. */
export const warsaw = {
  time: '091918.00',
  date: '221126',
  status: 'A',
  lat: '5213.30650',
  ns: 'N',
  lon: '02101.21860',
  ew: 'E',
  quality: '1',
  satellites: '09',
  hdop: '0.84',
} as const;

/** 52 deg 13.3065' N, 21 deg 1.2186' E. */
export const inWarsaw = {
  latE5: 5_222_178,
  lonE5: 2_102_031,
  utcS: Date.UTC(2026, 10, 22, 9, 19, 18) / 1000,
  satellites: 9,
};

export function rmc(moment: Moment = {}): string {
  const { time, status, lat, ns, lon, ew, date } = { ...warsaw, ...moment };
  return framed(`GNRMC,${time},${status},${lat},${ns},${lon},${ew},33.2,271.0,${date},,,A,V`);
}

export function gga(moment: Moment = {}): string {
  const { time, lat, ns, lon, ew, quality, satellites, hdop } = { ...warsaw, ...moment };
  return framed(`GNGGA,${time},${lat},${ns},${lon},${ew},${quality},${satellites},${hdop},112.9,M,33.0,M,,`);
}

export function both(moment: Moment = {}): string {
  return rmc(moment) + gga(moment);
}

export interface Heard {
  readonly fixes: Fix[];
  readonly problems: NmeaProblem[];
  /** Sentences that were refused, or the GGA of a moment that was. */
  readonly refused: string[];
  readonly nmea: NmeaFixes;
}

/** What the tracker makes of bytes in chunks of one size, or of the sizes in a list, over and over. */
export function hear(bytes: string, chunks: number | readonly number[] = 512): Heard {
  const sizes = typeof chunks === 'number' ? [chunks] : chunks;
  const fixes: Fix[] = [];
  const problems: NmeaProblem[] = [];
  const refused: string[] = [];
  const nmea = new NmeaFixes(
    EARLIEST_UTC_S,
    (fix) => fixes.push(fix),
    (problem, text) => {
      problems.push(problem);
      refused.push(text);
    },
  );
  for (let from = 0, turn = 0; from < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] as number;
    nmea.push(bytes.slice(from, from + size));
    from += size;
  }
  return { fixes, problems, refused, nmea };
}
