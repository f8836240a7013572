import type { Values } from '../../firmware/config/values.ts';

const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7 };

interface Head {
  readonly major: number;
  readonly argument: number;
}

/**
 * Read one CBOR map (RFC 8949) with integer keys that takes all of these bytes; undefined when it is anything else, or
 * holds a form that is not for a device: tags, indefinite lengths, floats, more than 32 bits. Texts are read as Latin-1,
 * as the device does, and values that are no integer, text or byte string are null.
 */
export function readMap(bytes: Uint8Array): Values | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;

  function head(): Head {
    const first = view.readUInt8(at++);
    const [major, info] = [first >> 5, first & 31];
    if (info > 26 || major === MAJOR.tag) throw new RangeError();
    if (info < 24) return { major, argument: info };
    if (major === MAJOR.simple) throw new RangeError();
    const width = 1 << (info - 24);
    at += width;
    return { major, argument: view.readUIntBE(at - width, width) };
  }

  function string(length: number): Buffer {
    at += length;
    if (at > view.length) throw new RangeError();
    return view.subarray(at - length, at);
  }

  function integer({ major, argument }: Head): number {
    if (major > MAJOR.negative) throw new RangeError();
    return major === MAJOR.unsigned ? argument : -1 - argument;
  }

  function pass(items: number): null {
    for (let left = items; left > 0; left--) {
      const { major, argument } = head();
      if (major === MAJOR.bytes || major === MAJOR.text) string(argument);
      else if (major === MAJOR.array) left += argument;
      else if (major === MAJOR.map) left += 2 * argument;
    }
    return null;
  }

  function value(): Values[number] {
    const found = head();
    if (found.major === MAJOR.text) return string(found.argument).toString('latin1');
    if (found.major === MAJOR.bytes) return new Uint8Array(string(found.argument));
    if (found.major === MAJOR.array) return pass(found.argument);
    if (found.major === MAJOR.map) return pass(2 * found.argument);
    return found.major === MAJOR.simple ? null : integer(found);
  }

  try {
    const { major, argument } = head();
    if (major !== MAJOR.map) return undefined;
    const values: Values = {};
    for (let left = argument; left > 0; left--) values[integer(head())] = value();
    return at === view.length ? values : undefined;
  } catch (error) {
    // Buffer's reads throw one of these too where the bytes end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
