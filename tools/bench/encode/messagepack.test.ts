import { decodeMulti } from '@msgpack/msgpack';
import { expect, test } from 'vitest';
import { messagePack } from './messagepack.ts';
import type { ReadingObject } from './objects.ts';
import { samples } from './testing/generated.ts';
import { rowsOf } from './testing/rows-of.ts';

test.each(samples)('MessagePack gives %s back', (_, series) => {
  const objects = [...decodeMulti(messagePack.encode(series.rows, series))] as ReadingObject[];
  expect(rowsOf(objects, series)).toEqual(series.rows);
});
