const NULL = 0xf6;

export interface Head {
  major: number;
  argument: number;
  /** Where the head ends (exclusive). */
  end: number;
}

/** The value of an item; undefined for a map. */
export type Plain = number | string | null | Uint8Array | Plain[] | undefined;

/** The head of the item at `at`, or undefined when it is cut off by `limit`, reserved or indefinite. */
export function readHead(bytes: Uint8Array, at: number, limit: number): Head | undefined {
  if (at >= limit) return undefined;
  const initial = bytes[at] as number;
  const info = initial & 31;
  if (info < 24) return { major: initial >> 5, argument: info, end: at + 1 };
  if (info > 26) return undefined;
  const end = at + 1 + (1 << (info - 24));
  if (end > limit) return undefined;
  let argument = 0;
  for (let i = at + 1; i < end; i++) argument = argument * 256 + (bytes[i] as number);
  return { major: initial >> 5, argument, end };
}

/**
 * Where the item that starts at `at` ends (exclusive), or undefined when none ends at or before `limit` that the journal
 * could hold: integers of up to 32 bits and a sign, byte and text strings, arrays, maps and null, all of
 * definite length.
 */
export function itemEnd(bytes: Uint8Array, at: number, limit: number): number | undefined {
  let end = at;
  // Whatever the nesting, it is over when as many items have been met as the arrays and maps on the way promised.
  for (let open = 1; open > 0; open--) {
    const head = readHead(bytes, end, limit);
    if (!head) return undefined;
    const { major, argument } = head;
    if (major === 6 || (major === 7 && bytes[end] !== NULL)) return undefined;
    end = head.end;
    if (major === 2 || major === 3) end += argument;
    if (major === 4) open += argument;
    if (major === 5) open += 2 * argument;
    // Each item still to come takes a byte at least.
    if (end > limit || open - 1 > limit - end) return undefined;
  }
  return end;
}

/** The items of the array at `at`, which `itemEnd` has walked; undefined when it is no array. */
export function readArray(bytes: Uint8Array, at: number, end: number): Plain[] | undefined {
  const array = readHead(bytes, at, end);
  if (array?.major !== 4) return undefined;
  const items: Plain[] = [];
  for (let next = array.end; next < end; ) {
    const itemAt = next;
    next = itemEnd(bytes, itemAt, end) as number;
    items.push(readPlain(bytes, itemAt, next));
  }
  return items;
}

/** The value of the item at `at`, which `itemEnd` has walked. */
export function readPlain(bytes: Uint8Array, at: number, end: number): Plain {
  const head = readHead(bytes, at, end) as Head;
  switch (head.major) {
    case 0:
      return head.argument;
    case 1:
      return -1 - head.argument;
    case 2:
      return bytes.subarray(head.end, end);
    case 3:
      return Buffer.from(bytes.subarray(head.end, end)).toString('utf8');
    case 4:
      return readArray(bytes, at, end);
    case 7:
      return null;
    default:
      return undefined;
  }
}
