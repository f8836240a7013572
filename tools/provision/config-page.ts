import { crc32 } from 'node:zlib';
import { Encoder, type Options } from 'cbor-x';
import {
  type Config,
  KEY_APN,
  KEY_BROKER_HOST,
  KEY_BROKER_PORT,
  KEY_CA,
  KEY_DEVICE_ID,
  KEY_FIX_INTERVAL,
  KEY_INTERVAL,
  KEY_UPLINK_INTERVAL,
} from '../../firmware/config/config.ts';

/** Plain CBOR maps: without the tag that cbor-x would put before a Map. */
const cbor = new Encoder({ mapsAsObjects: false, useTag259ForMaps: false } as Options);

/** The bytes of one copy of a configuration, for the start of an erased page: the layout is in firmware/config/load.ts. */
export function configPage(config: Config, generation: number): Uint8Array {
  const map = cbor.encode(
    new Map<number, string | number>([
      [KEY_DEVICE_ID, config.deviceId],
      [KEY_INTERVAL, config.intervalS],
      [KEY_FIX_INTERVAL, config.fixIntervalS],
      [KEY_UPLINK_INTERVAL, config.uplinkIntervalS],
      [KEY_APN, config.apn],
      [KEY_BROKER_HOST, config.brokerHost],
      [KEY_BROKER_PORT, config.brokerPort],
      [KEY_CA, config.caPem],
    ]),
  );
  const page = Buffer.alloc(17 + map.length);
  page.write('cCF1', 0, 'latin1');
  page[4] = 0x1a;
  page.writeUInt32BE(generation, 5);
  page[9] = 0x1a;
  page[14] = 0x19;
  page.writeUInt16BE(map.length, 15);
  map.copy(page, 17);
  page.writeUInt32BE(crc32(map, crc32(page.subarray(4, 9))), 10);
  return page;
}
