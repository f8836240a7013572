/**
 * A configuration as values by the numbers of their keys, which is how it stands in flash, and the range of each: one
 * place for what a boot takes from flash and for what may be written there.
 */
import {
  type Config,
  DEFAULT_CONFIG,
  KEY_APN,
  KEY_BROKER_HOST,
  KEY_BROKER_PORT,
  KEY_CA,
  KEY_CALIBRATION,
  KEY_CARGO_PROFILE,
  KEY_COLD_LIMIT,
  KEY_DEVICE_ID,
  KEY_DEVICE_KEY,
  KEY_EXCURSION_INTERVAL,
  KEY_FINE_RESOLUTION,
  KEY_FIX_INTERVAL,
  KEY_INTERVAL,
  KEY_POWER_SAVING,
  KEY_PROBES,
  KEY_RULES,
  KEY_SIM_PIN,
  KEY_TRIP_HOURS,
  KEY_UPLINK_INTERVAL,
  KEY_WARM_LIMIT,
} from './config.ts';

export type Value = string | number | Uint8Array | null;
export type Values = Record<number, Value | undefined>;

const ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NAME_CHARACTERS = `${ID_CHARACTERS}.`;
/** RFC 7468, 3. */
const PEM_CHARACTERS = `${ID_CHARACTERS}+/= \r\n`;
const LONGEST_DEVICE_ID = 32;
/** 3GPP TS 23.003, 9.1: an APN has at most 100 octets. RFC 1035, 2.3.4: a host name at most 255. */
const LONGEST_APN = 100;
const LONGEST_HOST = 255;
/** A page of 4096 bytes holds this beside the longest of all other values, and 100 bytes for keys to come. */
const LONGEST_CA = 3200;
const DEVICE_KEY_BYTES = 32;
const MOST_RULES_BYTES = 80;
const MOST_CALIBRATION_BYTES = 112;
const LONGEST_PROFILE = 32;
const DEFAULT_PROBES = 6;
const LIMIT_MILLI_C = 100000;
/** 3GPP TS 31.101, 9.5.1. */
const SHORTEST_PIN = 4;
const LONGEST_PIN = 8;

function within<T>(value: Value | undefined, low: number, high: number, otherwise: T): number | T {
  return typeof value === 'number' && value >= low && value <= high && value === Math.floor(value)
    ? value
    : otherwise;
}

/** A text of these characters and at most this long; empty when it is none: it goes into topics and AT commands. */
function plainText(value: Value | undefined, characters: string, longest: number): string {
  if (typeof value !== 'string' || value.length > longest) return '';
  for (let i = 0; i < value.length; i++) if (characters.indexOf(value.charAt(i)) < 0) return '';
  return value;
}

/** A byte string of at most `longest` bytes and at least one; null when it is none. */
function bytesOf(value: Value | undefined, longest: number): Uint8Array | null {
  return value && typeof value === 'object' && value.length > 0 && value.length <= longest ? value : null;
}

/** The configuration that these values make: each that is missing or out of range takes its default. */
export function configOf(values: Values): Config {
  const ca = values[KEY_CA];
  const key = bytesOf(values[KEY_DEVICE_KEY], DEVICE_KEY_BYTES);
  const probes = within(values[KEY_PROBES], 2, 254, DEFAULT_PROBES);
  const pin = plainText(values[KEY_SIM_PIN], '0123456789', LONGEST_PIN);
  let cold = within(values[KEY_COLD_LIMIT], -LIMIT_MILLI_C, LIMIT_MILLI_C, null);
  let warm = within(values[KEY_WARM_LIMIT], -LIMIT_MILLI_C, LIMIT_MILLI_C, null);
  if (cold !== null && warm !== null && cold >= warm) {
    cold = null;
    warm = null;
  }
  return {
    deviceId: plainText(values[KEY_DEVICE_ID], ID_CHARACTERS, LONGEST_DEVICE_ID),
    intervalS: within(values[KEY_INTERVAL], 60, 3600, DEFAULT_CONFIG.intervalS),
    fixIntervalS: within(values[KEY_FIX_INTERVAL], 600, 86400, DEFAULT_CONFIG.fixIntervalS),
    uplinkIntervalS: within(values[KEY_UPLINK_INTERVAL], 900, 86400, DEFAULT_CONFIG.uplinkIntervalS),
    apn: plainText(values[KEY_APN], NAME_CHARACTERS, LONGEST_APN),
    brokerHost: plainText(values[KEY_BROKER_HOST], NAME_CHARACTERS, LONGEST_HOST),
    brokerPort: within(values[KEY_BROKER_PORT], 1, 65535, DEFAULT_CONFIG.brokerPort),
    // Its characters were looked at when it was written: 2000 turns of a loop are too many for every wake.
    caPem: typeof ca === 'string' && ca.length <= LONGEST_CA ? ca : '',
    deviceKey: key !== null && key.length === DEVICE_KEY_BYTES ? key : null,
    fineResolution: within(values[KEY_FINE_RESOLUTION], 0, 1, 0) === 1,
    coldLimitMilliC: cold,
    warmLimitMilliC: warm,
    simPin: pin.length < SHORTEST_PIN ? '' : pin,
    powerSavingS: within(values[KEY_POWER_SAVING], 600, 111600, 0),
    tripHours: within(values[KEY_TRIP_HOURS], 1, 2400, 0),
    excursionIntervalS: within(values[KEY_EXCURSION_INTERVAL], 60, 900, DEFAULT_CONFIG.excursionIntervalS),
    rules: bytesOf(values[KEY_RULES], MOST_RULES_BYTES),
    cargoProfile: plainText(values[KEY_CARGO_PROFILE], ID_CHARACTERS, LONGEST_PROFILE),
    // Bit 0 is no place.
    probes: probes % 2 === 0 ? probes : DEFAULT_PROBES,
    calibration: bytesOf(values[KEY_CALIBRATION], MOST_CALIBRATION_BYTES),
  };
}

export function valuesOf(config: Config): Values {
  const values: Values = {};
  values[KEY_DEVICE_ID] = config.deviceId;
  values[KEY_INTERVAL] = config.intervalS;
  values[KEY_FIX_INTERVAL] = config.fixIntervalS;
  values[KEY_UPLINK_INTERVAL] = config.uplinkIntervalS;
  values[KEY_APN] = config.apn;
  values[KEY_BROKER_HOST] = config.brokerHost;
  values[KEY_BROKER_PORT] = config.brokerPort;
  values[KEY_CA] = config.caPem;
  values[KEY_DEVICE_KEY] = config.deviceKey;
  values[KEY_FINE_RESOLUTION] = config.fineResolution ? 1 : 0;
  values[KEY_COLD_LIMIT] = config.coldLimitMilliC;
  values[KEY_WARM_LIMIT] = config.warmLimitMilliC;
  values[KEY_SIM_PIN] = config.simPin;
  values[KEY_POWER_SAVING] = config.powerSavingS;
  values[KEY_TRIP_HOURS] = config.tripHours;
  values[KEY_EXCURSION_INTERVAL] = config.excursionIntervalS;
  values[KEY_RULES] = config.rules;
  values[KEY_CARGO_PROFILE] = config.cargoProfile;
  values[KEY_PROBES] = config.probes;
  values[KEY_CALIBRATION] = config.calibration;
  return values;
}

/** The name of a field that a boot would not take as it is; empty when there is none. */
export function outOfRange(config: Config): string {
  const taken = configOf(valuesOf(config));
  for (const name in taken) {
    const field = name as keyof Config;
    if (taken[field] !== config[field]) return name;
  }
  return plainText(config.caPem, PEM_CHARACTERS, LONGEST_CA) === config.caPem ? '' : 'caPem';
}
