import { encode } from '@msgpack/msgpack';
import type { Encoding } from './encoding.ts';
import { fitsFloat32, objectOf } from './objects.ts';

/** A map for each reading, with floats of 32 bits where they are enough. */
export const messagePack: Encoding = {
  name: 'MessagePack maps, keys of one letter',
  batches: [1],
  readBy: 'any MessagePack decoder',
  selfDescribing: true,
  encode: (rows) =>
    Buffer.concat(rows.map((row) => encode(objectOf(row), { forceFloat32: fitsFloat32([row]) }))),
};
