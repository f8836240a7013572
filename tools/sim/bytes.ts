/** Espruino's strings of bytes: each character is one byte. */
export function toByteString(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

export function fromByteString(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
