import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Config } from '../../firmware/config/schema.ts';
import { encodeCopy } from '../../firmware/config/save.ts';
import { outOfRange, valuesOf } from '../../firmware/config/values.ts';
import type { Crypto } from '../../hal/crypto.ts';
import { ColdrailError } from '../errors/error.ts';

const crypto: Crypto = {
  crc32: (bytes) => crc32(bytes),
  sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
};

/**
 * The bytes of one copy of a configuration, for the start of an erased page: docs/config.md draws them.
 * `generation` is 0 to 2^32 - 1.
 * @throws ColdrailError `provision.out-of-range`
 */
export function configPage(config: Config, generation: number): Uint8Array {
  const field = outOfRange(config);
  if (field !== '') throw new ColdrailError('provision.out-of-range', { field });
  const { header, map } = encodeCopy(valuesOf(config), generation, crypto);
  return Buffer.concat([header, map]);
}
