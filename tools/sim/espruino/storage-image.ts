/**
 * Files as Espruino's Storage keeps them (src/jsflash.h): a 32-byte header (size in 24 bits and flags in 8, little-endian;
 * a name of 28 bytes padded with 0), the data, padding with FF to four bytes.
 */
export function storageImage(files: readonly { name: string; content: string }[]): Uint8Array {
  const parts = files.flatMap(({ name, content }) => {
    const data = Buffer.from(content, 'latin1');
    const header = Buffer.alloc(32);
    header.writeUInt32LE(data.length, 0);
    header.write(name, 4, 28, 'latin1');
    return [header, data, Buffer.alloc((4 - (data.length % 4)) % 4, 0xff)];
  });
  return Buffer.concat(parts);
}
