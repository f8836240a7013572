import { type Client, LinkError } from './client.ts';
import { crcDigits, type Message } from './frame.ts';

/** Requests in a row that brought nothing new, or a page with a wrong CRC, before it is given up. */
const MOST_FRUITLESS = 6;

/**
 * One page of the ring: what was lost on the way is asked for again, and only that. `onBytes` hears how many came.
 * @throws LinkError, DeviceError
 */
export async function readPage(
  client: Client,
  page: number,
  pageSize: number,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  for (let tries = 1; ; tries++) {
    const bytes = await readAll(client, page, pageSize, onBytes);
    const { crc } = await client.request('journal.page', { page });
    if (String(crc).toLowerCase() === crcDigits(bytes)) return bytes;
    // A record was written to it meanwhile, or between two of its parts.
    if (tries >= MOST_FRUITLESS) throw new LinkError('damaged');
  }
}

async function readAll(
  client: Client,
  page: number,
  pageSize: number,
  onBytes: (count: number) => void,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(pageSize);
  const isHeld = new Uint8Array(pageSize);
  for (let fruitless = 0; ; ) {
    const at = isHeld.indexOf(0);
    if (at < 0) return bytes;
    const end = isHeld.indexOf(1, at);
    const n = (end < 0 ? pageSize : end) - at;
    let came = 0;
    const onPart = (part: Message): void => {
      const fresh = put(bytes, isHeld, part);
      came += fresh;
      if (fresh > 0) onBytes(fresh);
    };
    try {
      await client.request('journal.read', { page, at, n }, { attempts: fruitless > 0 ? 2 : 1, onPart });
    } catch (error) {
      const isLost = error instanceof LinkError && error.failure !== 'closed';
      if (!isLost || (came === 0 && fruitless >= MOST_FRUITLESS)) throw error;
    }
    fruitless = came > 0 ? 0 : fruitless + 1;
    if (fruitless > MOST_FRUITLESS) throw new LinkError('damaged');
  }
}

/** Put a part where it belongs; how many bytes of it are new. What does not fit into the page is passed over. */
function put(bytes: Uint8Array, isHeld: Uint8Array, part: Message): number {
  const at = part['at'];
  const data = fromBase64(part['data']);
  if (typeof at !== 'number' || !Number.isInteger(at) || at < 0 || !data) return 0;
  if (at + data.length > bytes.length) return 0;
  let fresh = 0;
  for (let i = 0; i < data.length; i++) if (isHeld[at + i] === 0) fresh++;
  bytes.set(data, at);
  isHeld.fill(1, at, at + data.length);
  return fresh;
}

function fromBase64(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
