import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { both, framed, hear, inWarsaw } from './testing/hear.ts';

/** A quarter of a minute in which a fix is found, lost and found again, with all that may stand between. */
const RECORD = Array.from({ length: 15 }, (_, second) => {
  const time = `0919${String(18 + second)}.00`;
  const isLost = second < 3 || second === 9;
  const moment = { time, lat: `5213.3${String(second).padStart(2, '0')}50` };
  return [
    second === 0 ? '7,N,02101.21860,E,1,09*5C\r\n\x00\xff$\x80$GN\r' : '',
    framed('GPTXT,01,01,02,ANTSTATUS=OK'),
    both(isLost ? { ...moment, status: 'V', quality: '0', hdop: '99.99' } : moment),
    framed(`GNGSA,A,${isLost ? 1 : 3},20,10,23,15,,,,,,,,,1.2,0.8,0.9,1`),
    second === 6 ? '\r\nOK\r\n$GNRMC,0919$$GPGGA,' : '',
    framed(`GNZDA,${time},22,11,2026,00,00`, second % 2 === 0 ? '\r' : '\n'),
  ].join('');
}).join('');

const whole = hear(RECORD, RECORD.length);

/** Where the receiver was in each second, with a fix or without, as JSON. */
const truth = new Set(
  Array.from({ length: 15 }, (_, second) => {
    const minutes = Number(`13.3${String(second).padStart(2, '0')}50`);
    const latE5 = Math.round(5_200_000 + (minutes / 60) * 100_000);
    return JSON.stringify({ ...inWarsaw, latE5, utcS: inWarsaw.utcS + second });
  }),
);

describe('the bytes of a receiver', () => {
  it('give the fixes that they should', () => {
    // Of the seconds 3 to 14 without the ninth; the GSA of a second speaks for the one after.
    expect(whole.fixes.filter((fix) => !truth.has(JSON.stringify(fix)))).toEqual([]);
    expect(whole.fixes.map(({ utcS }) => (utcS ?? 0) - inWarsaw.utcS)).toEqual([
      4, 5, 6, 7, 8, 11, 12, 13, 14,
    ]);
  });

  it.each([1, 2, 3, 7, 61, 512])('give the same fixes and refusals in chunks of %i', (size) => {
    const { fixes, problems, refused } = hear(RECORD, size);
    expect({ fixes, problems, refused }).toEqual({
      fixes: whole.fixes,
      problems: whole.problems,
      refused: whole.refused,
    });
  });

  it('give the same fixes and refusals in chunks of any sizes, with any noise in between', () => {
    const noise = fc.string({
      unit: fc.constantFrom('$', '*', '\r', '\n', ',', 'A', '\x00', '\xff', ...'GNRMC'),
      maxLength: 300,
    });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }),
        noise,
        fc.nat(RECORD.length),
        (sizes, between, at) => {
          const bytes = RECORD.slice(0, at) + between + RECORD.slice(at);
          const inOne = hear(bytes, bytes.length);
          const inMany = hear(bytes, sizes);
          expect(inMany.fixes).toEqual(inOne.fixes);
          expect(inMany.problems).toEqual(inOne.problems);
          expect(inMany.refused).toEqual(inOne.refused);
        },
      ),
    );
  });

  it('never make a fix by themselves, whatever they are', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => String.fromCharCode(...bytes)),
      fc.constantFrom(
        '$GNRMC,',
        '$GPGGA,',
        '091918.00,',
        'A,',
        '5213.3,N,',
        '02101.2,E,',
        '1,09,0.8,',
        '*',
        '\r\n',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), fc.integer({ min: 1, max: 50 }), (parts, size) => {
        expect(hear(parts.join(''), size).fixes).toEqual([]);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('with one flipped bit anywhere lose a fix at most, and never make one or change one', () => {
    for (let at = 0; at < RECORD.length; at++) {
      const flipped = String.fromCharCode(RECORD.charCodeAt(at) ^ (1 << (at % 8)));
      const { fixes } = hear(RECORD.slice(0, at) + flipped + RECORD.slice(at + 1));
      expect(fixes.filter((fix) => !truth.has(JSON.stringify(fix)))).toEqual([]);
      expect(fixes.length).toBeGreaterThanOrEqual(whole.fixes.length - 1);
    }
  });

  it('survive that any stretch of them is lost', () => {
    fc.assert(
      fc.property(fc.nat(RECORD.length), fc.nat(300), (at, length) => {
        const { fixes } = hear(RECORD.slice(0, at) + RECORD.slice(at + length));
        expect(fixes.filter((fix) => !truth.has(JSON.stringify(fix)))).toEqual([]);
        expect(fixes.length).toBeGreaterThanOrEqual(whole.fixes.length - 1 - Math.ceil(length / 250));
      }),
    );
  });
});
