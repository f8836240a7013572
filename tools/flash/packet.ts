/** Espruino's packets (README_Protocol.md, from 2v25 on): DLE SOH, three bits of type and thirteen of length, data. */

export const FILE_SEND = 0x6000;
export const DATA = 0x8000;

const DLE_SOH = '\x10\x01';

/**
 * Bytes that may not reach the interpreter: Ctrl-C, XON and XOFF are taken out on the way, Ctrl-D ends its Linux build.
 * In a packet they can only stand in the length, as bundles are ASCII text.
 */
const TAKEN = new Set([0x03, 0x04, 0x11, 0x13]);

export function packet(type: number, data: string): string {
  const head = type | data.length;
  return `${DLE_SOH}${String.fromCharCode(head >> 8, head & 255)}${data}`;
}

/** Can a packet of this length be sent as it is? */
export function isSendable(length: number): boolean {
  return !TAKEN.has(length & 255) && !TAKEN.has(length >> 8);
}

/** The packet that announces a file of `size` bytes; spaces bring it to a length that can be sent. */
export function announcement(name: string, size: number): string {
  let json = JSON.stringify({ fn: name, s: size });
  while (!isSendable(json.length)) json += ' ';
  return packet(FILE_SEND, json);
}

/** `content` in pieces of at most `size` bytes, each of a length that can be sent. */
export function pieces(content: string, size: number): string[] {
  const found: string[] = [];
  for (let at = 0; at < content.length; ) {
    let length = Math.min(size, content.length - at);
    while (!isSendable(length)) length--;
    found.push(content.slice(at, at + length));
    at += length;
  }
  return found;
}
