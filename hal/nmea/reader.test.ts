import { describe, expect, it } from 'vitest';
import { NmeaReader, type SentenceProblem } from './reader.ts';
import { framed } from './testing/hear.ts';

function read(...chunks: string[]): { addresses: string[]; problems: SentenceProblem[] } {
  const addresses: string[] = [];
  const problems: SentenceProblem[] = [];
  const reader = new NmeaReader(
    (fields) => addresses.push(fields[0] as string),
    (problem) => problems.push(problem),
  );
  for (const chunk of chunks) reader.push(chunk);
  return { addresses, problems };
}

/** The examples of NMEA 0183 texts, with the check digits that stand there. */
const GGA = '$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47';
const RMC = '$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A';

describe('a line from a receiver', () => {
  it('is a sentence when its check digits are right, in capitals or not', () => {
    expect(read(`${GGA}\r\n${RMC}\r\n${RMC.replace('*6A', '*6a')}\r\n`)).toEqual({
      addresses: ['GPGGA', 'GPRMC', 'GPRMC'],
      problems: [],
    });
  });

  it.each(['\r\n', '\r', '\n', '\n\r', '\r\r\n'])('may end with %j', (end) => {
    expect(read(GGA + end + RMC + end).addresses).toEqual(['GPGGA', 'GPRMC']);
  });

  it('ends where the next begins, if its end was lost', () => {
    expect(read(`${GGA}${RMC}\r\n`).addresses).toEqual(['GPGGA', 'GPRMC']);
  });

  it('is not taken before its end has come', () => {
    expect(read(GGA).addresses).toEqual([]);
    expect(read(GGA, '\r').addresses).toEqual(['GPGGA']);
  });

  it.each(['GP', 'GN', 'GL', 'GA', 'BD', 'GB', 'PQ', 'QZ', 'IN'])('is known with talker %s', (talker) => {
    const kinds = ['RMC', 'GGA', 'GSA', 'ZDA'];
    expect(read(kinds.map((kind) => framed(`${talker}${kind},1,2,3`)).join('')).addresses).toEqual(
      kinds.map((kind) => talker + kind),
    );
  });

  it.each(['GPTXT', 'GPGSV', 'GPVTG', 'GPGLL', 'GNGGAH', 'PMTK001', 'RMC', 'GNGNS', ''])(
    'of another kind, %s, is passed over without a word, whole or broken',
    (address) => {
      const line = framed(`${address},01,01,02,u-blox ag`);
      expect(read(line, line.replace('*', '*x'), line.slice(0, 9))).toEqual({ addresses: [], problems: [] });
    },
  );

  it.each<[string, string, SentenceProblem]>([
    ['a wrong check digit', GGA.replace('*47', '*46'), 'checksum'],
    ['a changed digit', GGA.replace('4807', '4817'), 'checksum'],
    ['no check digits', GGA.slice(0, -3), 'no-checksum'],
    ['nothing behind the star', GGA.slice(0, -2), 'checksum-digits'],
    ['one check digit', GGA.slice(0, -1), 'checksum-digits'],
    ['three check digits', `${GGA}0`, 'checksum-digits'],
    ['a space behind the check digits', `${GGA} `, 'checksum-digits'],
    ['letters that are no digits', GGA.replace('*47', '*4G'), 'checksum'],
    ['a sign in the check digits', GGA.replace('*47', '*+7'), 'checksum'],
    ['a tab', framed('GPGGA,1\t2').trimEnd(), 'not-printable'],
    ['a NUL, which leaves the sum as it is', GGA.replace(',N,', ',N\0,'), 'not-printable'],
    ['a byte of the upper half', framed('GPGGA,1\u00e92').trimEnd(), 'not-printable'],
    ['a DEL', framed('GPGGA,1\x7f2').trimEnd(), 'not-printable'],
    ['121 characters', framed(`GPGGA,${'1'.repeat(111)}`).trimEnd(), 'too-long'],
    ['ten thousand characters', framed(`GPGGA,${'1'.repeat(10_000)}`).trimEnd(), 'too-long'],
  ])('is refused with %s', (_what, line, problem) => {
    expect(read(`${line}\r\n${RMC}\r\n`)).toEqual({ addresses: ['GPRMC'], problems: [problem] });
    expect(read(...`${line}\r\n${RMC}\r\n`)).toEqual({ addresses: ['GPRMC'], problems: [problem] });
  });

  it('may have 120 characters', () => {
    const line = framed(`GPGGA,${'1'.repeat(110)}`);
    expect(line).toHaveLength(122);
    expect(read(line).addresses).toEqual(['GPGGA']);
  });

  it('begins at its last "$"', () => {
    expect(read(`$${GGA}\r\n`, `$$$${RMC}\r\n`)).toEqual({ addresses: ['GPGGA', 'GPRMC'], problems: [] });
    expect(read(`$GPRMC,1235$GPGGA,12${GGA}\r\n`)).toEqual({
      addresses: ['GPGGA'],
      problems: ['no-checksum', 'no-checksum'],
    });
  });

  it('is found among half sentences, replies of a modem and binary', () => {
    const noise = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
    const text = `07.038,N,01131.000,E,1*47\r\nOK\r\n+CGNSINF: 1,1,20261121\r\n${noise}${GGA}\r\n> \r\n${noise}\n${RMC}\r\n`;
    expect(read(text).addresses).toEqual(['GPGGA', 'GPRMC']);
  });

  it('takes no more room, however much comes without an end', () => {
    const reader = new NmeaReader(
      () => {},
      () => {},
    );
    for (let i = 0; i < 1000; i++) {
      reader.push(i % 2 === 0 ? `$${'x'.repeat(255)}` : '\xff'.repeat(255));
      const held = Object.values(reader).filter((value) => typeof value === 'string');
      expect(held.every((value) => value.length < 512)).toBe(true);
    }
  });
});
