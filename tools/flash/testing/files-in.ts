const HEADER = 32;
const PAGE = 1024;

/** Files in an image of Storage (Espruino, src/jsflash.h): size and flags, a name of 28 bytes, the data in whole words. */
export function filesIn(image: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  for (let at = 0; at + HEADER <= image.length; ) {
    const size = image.readUInt32LE(at) & 0xffffff;
    if (size === 0xffffff) {
      // Nothing more in this page; the next may have some.
      at = (Math.floor(at / PAGE) + 1) * PAGE;
      continue;
    }
    const name = image.toString('latin1', at + 4, at + HEADER).replace(/\0.*$/s, '');
    const data = image.toString('latin1', at + HEADER, at + HEADER + size);
    if (name !== '' && !files.has(name)) files.set(name, data);
    at += HEADER + Math.ceil(size / 4) * 4;
  }
  return files;
}
