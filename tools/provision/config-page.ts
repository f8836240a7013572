import { encodeCopy } from '../../firmware/config/save.ts';
import type { Config } from '../../firmware/config/schema.ts';
import { outOfRange, valuesOf } from '../../firmware/config/values.ts';
import { hostCrypto } from '../crypto/host-crypto.ts';
import { ColdrailError } from '../errors/error.ts';

/**
 * The bytes of one copy of a configuration, for the start of an erased page: docs/config.md draws them.
 * `generation` is 0 to 2^32 - 1.
 * @throws ColdrailError `provision.out-of-range`
 */
export function configPage(config: Config, generation: number): Uint8Array {
  const field = outOfRange(config);
  if (field !== '') throw new ColdrailError('provision.out-of-range', { field });
  const { header, map } = encodeCopy(valuesOf(config), generation, hostCrypto);
  return Buffer.concat([header, map]);
}
