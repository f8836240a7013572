import { crc32 } from 'node:zlib';
import type { Config } from '../../firmware/config/schema.ts';
import { configOf } from '../../firmware/config/values.ts';
import { readMap } from './read-map.ts';

/** What the header and the map of a copy begin with (docs/config.md); 0 stands where any byte may. */
const HEADER = [0x63, 0x43, 0x46, 0x31, 0x1a, 0, 0, 0, 0, 0x1a, 0, 0, 0, 0, 0x19, 0, 0];

/** A configuration that may be shown: the device key never leaves. */
export type ShownConfig = Omit<Config, 'deviceKey'> & { readonly deviceKey: '(secret)' | null };

export type ConfigFlaw = 'erased' | 'bad-header' | 'bad-crc' | 'bad-map';

export type ConfigCopyOnHost =
  | {
      readonly verified: true;
      readonly generation: number;
      /** As the device takes it: a value out of its range has made room for the default. */
      readonly config: ShownConfig;
      readonly accounted: boolean;
    }
  | {
      readonly verified: false;
      readonly flaw: ConfigFlaw;
      /** One sentence for a person. */
      readonly detail: string;
      readonly accounted: boolean;
    };

const details: Readonly<Record<ConfigFlaw, string>> = {
  erased: 'There is no copy of the configuration in the page: it is erased, or was never written to its end.',
  'bad-header': 'The page does not begin with the header of a copy of the configuration.',
  'bad-crc': 'The copy of the configuration does not verify: it is torn, or was changed.',
  'bad-map': 'The copy of the configuration verifies, but holds no map that a device reads.',
};

/**
 * Read one page of the configuration, all of its bytes; anything may stand there. `accounted`: every byte is header, map
 * or FF. A device takes a copy with something else behind its map; in evidence it has no place there.
 * It reads flash by docs/config.md, and shares only the ranges of values with the firmware.
 */
export function readConfigCopy(page: Uint8Array): ConfigCopyOnHost {
  const bytes = Buffer.from(page.buffer, page.byteOffset, page.length);
  const flawed = (flaw: ConfigFlaw): ConfigCopyOnHost => ({
    verified: false,
    flaw,
    detail: details[flaw],
    accounted: isErased(bytes),
  });
  if (bytes.length === 0 || bytes[0] === 0xff) return flawed('erased');
  if (HEADER.some((byte, i) => byte !== 0 && bytes[i] !== byte)) return flawed('bad-header');
  if (bytes.length < HEADER.length) return flawed('bad-header');
  const end = HEADER.length + bytes.readUInt16BE(15);
  if (end > bytes.length) return flawed('bad-header');
  const map = bytes.subarray(HEADER.length, end);
  if (crc32(map, crc32(bytes.subarray(4, 9))) !== bytes.readUInt32BE(10)) return flawed('bad-crc');
  const values = readMap(map);
  if (!values) return flawed('bad-map');
  const config = configOf(values);
  return {
    verified: true,
    generation: bytes.readUInt32BE(5),
    config: { ...config, deviceKey: config.deviceKey && '(secret)' },
    accounted: isErased(bytes.subarray(end)),
  };
}

function isErased(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0xff);
}
