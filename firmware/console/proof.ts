import { type Item, putItem } from '../cbor.ts';
import { hmacSha256 } from '../hmac.ts';
import { hexOf } from './hex.ts';
import type { Visit } from './session.ts';
import { utcS } from './status.ts';

const FORMAT = 1;
const LONGEST = 256;

/** What a self-test has found, as CBOR, and its HMAC with the device key (docs/console.md); both in hexadecimal digits. */
export interface Proof {
  readonly record: string;
  /** Empty without a device key. */
  readonly mac: string;
}

export function proofOf(visit: Visit, who: string, steps: readonly Item[]): Proof {
  const config = visit.config;
  const uptimeS = Math.floor(visit.tracker.clock.uptimeS());
  const identity: Item[] = [FORMAT, config.deviceId, visit.journal.state.powerOn, uptimeS, utcS(visit)];
  const out = new Uint8Array(LONGEST);
  const end = putItem(out, 0, identity.concat([who, config.trip, config.container, steps]));
  const bytes = new Uint8Array(out.buffer, 0, end);
  const key = config.deviceKey;
  return {
    record: hexOf(bytes),
    mac: key === null ? '' : hexOf(hmacSha256(key, bytes, visit.tracker.crypto)),
  };
}
