import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtReader, LONGEST_LINE } from './at-reader.ts';

/** What a reader makes of chunks: lines as they are, "raw ..." for raw bytes put together, "prompt". */
function read(chunks: readonly string[], prepare: (reader: AtReader) => void = () => {}) {
  const pieces: string[] = [];
  let raw = '';
  const flush = (): void => {
    if (raw !== '') pieces.push(`raw ${raw}`);
    raw = '';
  };
  const piece = (text: string): void => {
    flush();
    pieces.push(text);
  };
  const reader = new AtReader(
    piece,
    () => piece('prompt'),
    (bytes) => {
      raw += bytes;
    },
  );
  prepare(reader);
  for (const chunk of chunks) reader.push(chunk);
  flush();
  return { pieces, junk: reader.junk };
}

const expectRaw = (reader: AtReader): void => {
  reader.rawPrefix = '+CARECV: ';
};
const expectPrompt = (reader: AtReader): void => {
  reader.promptWanted = true;
};

/** Raw bytes that hold everything a line-minded reader would fall over. */
const TRAP = 'OK\r\n> \r\nERROR\r\n+CARECV: 4,abcd\r\n\0\xff\r\nOK\r\n';

const streams: [string, string, (reader: AtReader) => void, string[]][] = [
  ['lines and nothing else', '\r\n+CSQ: 17,99\r\n\r\nOK\r\n', () => {}, ['+CSQ: 17,99', 'OK']],
  ['lines that end in any way', 'a\rb\nc\r\nd\r\n', () => {}, ['a', 'b', 'c', 'd']],
  ['a prompt', '\r\n> \r\nOK\r\n', expectPrompt, ['prompt', 'OK']],
  ['a prompt without anything behind it', '\r\n>', expectPrompt, ['prompt']],
  ['a > that nobody waits for', '\r\n> x\r\n', () => {}, ['> x']],
  ['a > inside a line', 'a>b\r\n', expectPrompt, ['a>b']],
  [
    'raw bytes that look like answers',
    `\r\n+CARECV: ${TRAP.length},${TRAP}\r\nOK\r\n`,
    expectRaw,
    [`raw ${TRAP}`, 'OK'],
  ],
  ['an empty raw read', '\r\n+CARECV: 0\r\nOK\r\n', expectRaw, ['+CARECV: 0', 'OK']],
  [
    'a line with a comma behind an empty raw read',
    '+CARECV: 0\r\n+CEREG: 0,1\r\n',
    expectRaw,
    ['+CARECV: 0', '+CEREG: 0,1'],
  ],
  [
    'a raw read that is longer than any that was asked for',
    '+CARECV: 99999,abc\r\nOK\r\n',
    expectRaw,
    ['+CARECV: 99999,abc', 'OK'],
  ],
  ['a raw read of a negative length', '+CARECV: -5,abc\r\n', expectRaw, ['+CARECV: -5,abc']],
  [
    'a second raw read when one was asked for',
    '+CARECV: 2,ab\r\n+CARECV: 2,cd\r\n',
    expectRaw,
    ['raw ab', '+CARECV: 2,cd'],
  ],
];

describe('the reader', () => {
  it.each(streams)('reads %s, wherever the chunks are cut', (_name, stream, prepare, expected) => {
    expect(read([stream], prepare).pieces).toEqual(expected);
    expect(read(stream.split(''), prepare).pieces).toEqual(expected);
    for (let cut = 1; cut < stream.length; cut++)
      expect(read([stream.slice(0, cut), stream.slice(cut)], prepare).pieces).toEqual(expected);
  });

  it.each([LONGEST_LINE, LONGEST_LINE + 1, LONGEST_LINE + 2, 5 * LONGEST_LINE])(
    'drops a line of %i bytes when it is too long, and nothing behind it',
    (length) => {
      const long = 'x'.repeat(length);
      const expected = length <= LONGEST_LINE ? [long, 'OK'] : ['OK'];
      for (const size of [1, 2, 7, 64, 513, 10_000]) {
        const chunks = `${long}\r\nOK\r\n`.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        const got = read(chunks);
        expect(got.pieces).toEqual(expected);
        expect(got.junk).toBe(length <= LONGEST_LINE ? 0 : 1);
      }
    },
  );

  it('does not take the end of a line that is too long for an answer', () => {
    const noise = 'x'.repeat(LONGEST_LINE + 1);
    expect(read([noise, 'OK\r\nOK\r\n']).pieces).toEqual(['OK']);
  });

  it('gives the same for the same bytes, noise or not, however they are chunked', () => {
    const bytes = fc.array(
      fc.oneof(
        fc.constantFrom('\r', '\n', '>', '+CARECV: 3,', '+CARECV: ', 'OK', ','),
        fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
      ),
      { maxLength: 60 },
    );
    const prepare = (reader: AtReader): void => {
      expectRaw(reader);
      expectPrompt(reader);
    };
    fc.assert(
      fc.property(bytes, fc.array(fc.integer({ min: 1, max: 20 })), (parts, sizes) => {
        const stream = parts.join('');
        const chunks: string[] = [];
        let at = 0;
        for (const size of [...sizes, stream.length]) {
          if (at < stream.length) chunks.push(stream.slice(at, at + size));
          at += size;
        }
        expect(read(chunks, prepare)).toEqual(read([stream], prepare));
      }),
      { numRuns: 1000 },
    );
  });

  it('never gives a line with a line end in it, nor an empty one, nor one that is too long', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 700 })), (chunks) => {
        for (const line of read(chunks).pieces) {
          expect(line).not.toMatch(/[\r\n]/);
          expect(line.length).toBeGreaterThan(0);
          expect(line.length).toBeLessThanOrEqual(LONGEST_LINE);
        }
      }),
    );
  });
});
