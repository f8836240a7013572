import { type Head, readHead } from './cbor-item.ts';

/**
 * The item at `at` in CBOR diagnostic notation (RFC 8949 section 8). It must be one that `itemEnd` has walked, as long as
 * a block at most.
 */
export function diagnostic(bytes: Uint8Array, at: number): string {
  return notation(bytes, at).text;
}

function notation(bytes: Uint8Array, at: number): { text: string; end: number } {
  const { major, argument, end } = readHead(bytes, at, bytes.length) as Head;
  const content = bytes.subarray(end, end + argument);
  switch (major) {
    case 0:
      return { text: String(argument), end };
    case 1:
      return { text: String(-1 - argument), end };
    case 2:
      return { text: `h'${Buffer.from(content).toString('hex')}'`, end: end + argument };
    case 3:
      return { text: JSON.stringify(Buffer.from(content).toString('utf8')), end: end + argument };
    case 4: {
      const { texts, end: behind } = notations(bytes, end, argument);
      return { text: `[${texts.join(', ')}]`, end: behind };
    }
    case 5: {
      const { texts, end: behind } = notations(bytes, end, 2 * argument);
      const pairs = texts.flatMap((text, i) => (i % 2 ? [] : [`${text}: ${texts[i + 1]}`]));
      return { text: `{${pairs.join(', ')}}`, end: behind };
    }
    default:
      return { text: 'null', end };
  }
}

function notations(bytes: Uint8Array, at: number, count: number): { texts: string[]; end: number } {
  const texts: string[] = [];
  let end = at;
  for (let i = 0; i < count; i++) {
    const next = notation(bytes, end);
    texts.push(next.text);
    end = next.end;
  }
  return { texts, end };
}

/** One line for each item of `bytes` that starts at one of `offsets`: the offset in hexadecimal, and the item. */
export function listing(bytes: Uint8Array, offsets: readonly number[]): string[] {
  return offsets.map((at) => `${at.toString(16).padStart(8, '0')}  ${diagnostic(bytes, at)}`);
}
