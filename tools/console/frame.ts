/** One line of the console's protocol for programs: docs/console.md. Runs on the host and in a browser. */
import crc32 from 'crc-32';

export type Message = Readonly<Record<string, unknown>>;

/** The longest request that a tracker takes, characters without the line's end. */
export const LONGEST_REQUEST = 700;

/** CRC-32 (IEEE 802.3) as the eight hexadecimal digits that the protocol has. */
export function crcDigits(data: string | Uint8Array): string {
  const crc = typeof data === 'string' ? crc32.bstr(data) : crc32.buf(data);
  return (crc >>> 0).toString(16).padStart(8, '0');
}

/** A message as a line, without its end. Characters beyond ASCII are escaped, so that one is one byte. */
export function encodeFrame(message: Message): string {
  const json = JSON.stringify(message).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${json}*${crcDigits(json)}`;
}

/** The message in a line; undefined for a line that is none, or was damaged. */
export function decodeFrame(line: string): Message | undefined {
  const found = /^(\{.*\})\*([0-9a-fA-F]{8})$/.exec(line.trim());
  if (!found) return undefined;
  const [, json = '', crc = ''] = found;
  if (crcDigits(json) !== crc.toLowerCase()) return undefined;
  try {
    const message: unknown = JSON.parse(json);
    return typeof message === 'object' && message !== null && !Array.isArray(message)
      ? (message as Message)
      : undefined;
  } catch {
    return undefined;
  }
}

/** How many places of a line are tried for the begin of a message. */
const MOST_BEGINS = 8;

/** The message at the end of a line, behind a prompt or noise; undefined where there is none whole. */
export function findFrame(line: string): Message | undefined {
  let at = line.indexOf('{"');
  for (let tries = 0; at >= 0 && tries < MOST_BEGINS; tries++) {
    const message = decodeFrame(line.slice(at));
    if (message) return message;
    at = line.indexOf('{"', at + 1);
  }
  return undefined;
}

/** Whether a line that holds no message looks like what is left of one. */
export function isDamagedFrame(line: string): boolean {
  return /[{"]id":\d|\}\*|\*[0-9a-f]{8}$/i.test(line);
}
