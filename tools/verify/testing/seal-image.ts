import { createHash, createHmac } from 'node:crypto';

const PAGE = 4096;
const BLOCK = 256;
const SEAL_AT = 41;

export const TEST_KEY = Buffer.alloc(32, 'test key');

/**
 * Put the seals into an image of whole pages that follow each other and have none, as docs/journal.md tells: each in the
 * page behind, from the first on, as it is part of what the next one seals.
 */
export function sealImage(image: Buffer, key: Uint8Array = TEST_KEY): Buffer {
  for (let at = PAGE; at < image.length && image[at] !== 0xff; at += PAGE) {
    const digests = [];
    for (let block = at - PAGE; block < at; block += BLOCK)
      digests.push(
        createHash('sha256')
          .update(image.subarray(block, block + BLOCK))
          .digest(),
      );
    const mac = createHmac('sha256', key).update(Buffer.concat(digests)).digest();
    mac.copy(image, at + SEAL_AT, 0, 16);
  }
  return image;
}
