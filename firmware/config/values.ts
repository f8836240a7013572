/**
 * A configuration as values by the numbers of their keys, which is how it stands in flash, and whether they are what
 * schema.ts asks for: one place for what a boot takes from flash and for what may be written there.
 */
import {
  CA_MISSING,
  CHECK_DIGIT,
  INTERVAL_REFUSED,
  LIMITS_CROSSED,
  OK,
  RULES_DAMAGED,
  SET_POINT_OUTSIDE,
  VALUE_REFUSED,
} from '../../hal/faults.ts';
import { isRefused } from '../interval.ts';
import { rulesOf } from '../judge/rules.ts';
import {
  containerCheckDigit,
  ID_CHARACTERS,
  isConsignment,
  isConsignmentShape,
  isContainerShape,
  isLuhn,
  isOf,
  isSeals,
  isWagonShape,
} from './numbers.ts';
import {
  type Config,
  eachKey,
  type Form,
  KEY_APN,
  KEY_BROKER_HOST,
  KEY_BROKER_PORT,
  KEY_CA,
  KEY_CALIBRATION,
  KEY_CARGO_PROFILE,
  KEY_COLD_LIMIT,
  KEY_CONSIGNMENT,
  KEY_CONSOLE_PIN,
  KEY_CONTAINER,
  KEY_DEVICE_ID,
  KEY_DEVICE_KEY,
  KEY_EXCURSION_INTERVAL,
  KEY_FINE_RESOLUTION,
  KEY_FIX_INTERVAL,
  KEY_INTERVAL,
  KEY_POWER_SAVING,
  KEY_PROBES,
  KEY_RADIOS,
  KEY_RULES,
  KEY_SEALS,
  KEY_SET_POINT,
  KEY_SIM_PIN,
  KEY_TRIP,
  KEY_TRIP_HOURS,
  KEY_UPLINK_INTERVAL,
  KEY_WAGON,
  KEY_WARM_LIMIT,
  type KeySpec,
  SCHEMA,
} from './schema.ts';

export type Value = string | number | Uint8Array | null;
export type Values = Record<number, Value | undefined>;

const DIGITS = '0123456789';
const NAME_CHARACTERS = `${ID_CHARACTERS}.`;
/** RFC 7468, 3. */
const PEM_CHARACTERS = `${ID_CHARACTERS}+/= \r\n`;
const PEM_BEGIN = '-----BEGIN CERTIFICATE-----';
const PEM_END = '-----END CERTIFICATE-----';

/** What is wrong with a text that is not empty and not too long: OK, VALUE_REFUSED or CHECK_DIGIT. */
function textFault(form: Form, text: string): number {
  if (form === 'id') return isOf(ID_CHARACTERS, text) ? OK : VALUE_REFUSED;
  if (form === 'name') return isOf(NAME_CHARACTERS, text) ? OK : VALUE_REFUSED;
  if (form === 'digits') return isOf(DIGITS, text) ? OK : VALUE_REFUSED;
  if (form === 'pem') {
    const parts = text.split(PEM_END);
    const isOne =
      parts.length === 2 && text.substr(0, PEM_BEGIN.length) === PEM_BEGIN && isOf(' \r\n', parts[1]);
    return isOne && isOf(PEM_CHARACTERS, text) ? OK : VALUE_REFUSED;
  }
  if (form === 'container') {
    if (!isContainerShape(text)) return VALUE_REFUSED;
    return containerCheckDigit(text) === text.charCodeAt(10) - 48 ? OK : CHECK_DIGIT;
  }
  if (form === 'wagon') {
    if (!isWagonShape(text)) return VALUE_REFUSED;
    return isLuhn(text) ? OK : CHECK_DIGIT;
  }
  if (form === 'consignment') {
    if (!isConsignmentShape(text)) return VALUE_REFUSED;
    return isConsignment(text) ? OK : CHECK_DIGIT;
  }
  return isSeals(text) ? OK : VALUE_REFUSED;
}

/**
 * What is wrong with a value by itself: OK, VALUE_REFUSED, CHECK_DIGIT. What stands for "none" is right for each key. Of the
 * CA's characters only their number counts where `isQuick`: they were looked at when it was written, and 2000 turns of a
 * loop are too many for every session.
 */
export function valueFault(spec: KeySpec, value: Value | undefined, isQuick: boolean): number {
  if (value === spec.otherwise) return OK;
  if (spec.kind === 'text') {
    if (typeof value !== 'string' || value.length < spec.low || value.length > spec.high)
      return VALUE_REFUSED;
    return isQuick && spec.form === 'pem' ? OK : textFault(spec.form, value);
  }
  if (spec.kind === 'bytes') {
    if (!value || typeof value !== 'object') return VALUE_REFUSED;
    return value.length < spec.low || value.length > spec.high ? VALUE_REFUSED : OK;
  }
  if (typeof value !== 'number' || value !== Math.floor(value)) return VALUE_REFUSED;
  if (value < spec.low || value > spec.high) return VALUE_REFUSED;
  // Bit 0 is no place, and no technology.
  return (spec.form === 'probes' || spec.form === 'radios') && value % 2 !== 0 ? VALUE_REFUSED : OK;
}

function numberAt(values: Values, key: number): number {
  return (values[key] as number) || 0;
}

function isSet(values: Values, key: number): boolean {
  const value = values[key];
  return value !== null && value !== undefined && value !== '';
}

/** Whether both values are set, and the first is above the second. */
function isAbove(values: Values, high: number, low: number): boolean {
  return isSet(values, high) && isSet(values, low) && numberAt(values, high) > numberAt(values, low);
}

/**
 * What does not go together in values that are each right by themselves: key and fault code in turn, empty where all is well.
 * `values` has every key; of the CA, whether it is there at all is asked.
 */
export function contradictions(values: Values): number[] {
  const found: number[] = [];
  if (isRefused(numberAt(values, KEY_INTERVAL), numberAt(values, KEY_TRIP_HOURS)))
    found.push(KEY_INTERVAL, INTERVAL_REFUSED);
  if (isSet(values, KEY_BROKER_HOST) && !isSet(values, KEY_CA)) found.push(KEY_CA, CA_MISSING);
  const isCrossed = isSet(values, KEY_COLD_LIMIT) && !isAbove(values, KEY_WARM_LIMIT, KEY_COLD_LIMIT);
  if (isCrossed && isSet(values, KEY_WARM_LIMIT)) found.push(KEY_WARM_LIMIT, LIMITS_CROSSED);
  if (isAbove(values, KEY_COLD_LIMIT, KEY_SET_POINT)) found.push(KEY_COLD_LIMIT, SET_POINT_OUTSIDE);
  if (isAbove(values, KEY_SET_POINT, KEY_WARM_LIMIT)) found.push(KEY_WARM_LIMIT, SET_POINT_OUTSIDE);
  const rules = values[KEY_RULES];
  if (rules && rulesOf(rules as Uint8Array).length === 0) found.push(KEY_RULES, RULES_DAMAGED);
  return found;
}

/** The configuration that these values make: each that is missing or out of range takes its default. */
export function configOf(values: Values): Config {
  const taken: Values = {};
  eachKey((spec) => {
    const value = values[spec.key];
    taken[spec.key] = value !== undefined && valueFault(spec, value, true) === OK ? value : spec.otherwise;
  });
  const cold = taken[KEY_COLD_LIMIT];
  const warm = taken[KEY_WARM_LIMIT];
  if (typeof cold === 'number' && typeof warm === 'number' && cold >= warm) {
    taken[KEY_COLD_LIMIT] = null;
    taken[KEY_WARM_LIMIT] = null;
  }
  return fieldsOf(taken);
}

/** By name what stands by number; all keys are there. */
function fieldsOf(values: Values): Config {
  const text = (key: number): string => values[key] as string;
  const number = (key: number): number => values[key] as number;
  const bytes = (key: number): Uint8Array | null => values[key] as Uint8Array | null;
  const limit = (key: number): number | null => values[key] as number | null;
  return {
    deviceId: text(KEY_DEVICE_ID),
    intervalS: number(KEY_INTERVAL),
    fixIntervalS: number(KEY_FIX_INTERVAL),
    uplinkIntervalS: number(KEY_UPLINK_INTERVAL),
    apn: text(KEY_APN),
    brokerHost: text(KEY_BROKER_HOST),
    brokerPort: number(KEY_BROKER_PORT),
    caPem: text(KEY_CA),
    deviceKey: bytes(KEY_DEVICE_KEY),
    fineResolution: values[KEY_FINE_RESOLUTION] === 1,
    coldLimitMilliC: limit(KEY_COLD_LIMIT),
    warmLimitMilliC: limit(KEY_WARM_LIMIT),
    simPin: text(KEY_SIM_PIN),
    powerSavingS: number(KEY_POWER_SAVING),
    tripHours: number(KEY_TRIP_HOURS),
    excursionIntervalS: number(KEY_EXCURSION_INTERVAL),
    rules: bytes(KEY_RULES),
    cargoProfile: text(KEY_CARGO_PROFILE),
    probes: number(KEY_PROBES),
    calibration: bytes(KEY_CALIBRATION),
    consolePin: text(KEY_CONSOLE_PIN),
    radios: number(KEY_RADIOS),
    setPointMilliC: limit(KEY_SET_POINT),
    trip: text(KEY_TRIP),
    container: text(KEY_CONTAINER),
    wagon: text(KEY_WAGON),
    consignment: text(KEY_CONSIGNMENT),
    seals: text(KEY_SEALS),
  };
}

/** Where nothing is set. */
export const DEFAULT_CONFIG: Config = /* @__PURE__ */ configOf({});

/** A configuration's values by number, for whoever writes one as a whole: tools and tests. */
export function valuesOf(config: Config): Values {
  const values: Values = {};
  for (let i = 0; i < SCHEMA.length; i++) {
    const spec = SCHEMA[i];
    const field = config[spec.name];
    values[spec.key] = field === true ? 1 : field === false ? 0 : field;
  }
  return values;
}

/** The name of a field that must not be written as it is; empty when there is none. */
export function outOfRange(config: Config): string {
  const values = valuesOf(config);
  for (let i = 0; i < SCHEMA.length; i++) {
    const spec: KeySpec = SCHEMA[i];
    if (valueFault(spec, values[spec.key], false) !== OK) return spec.name;
  }
  return contradictions(values).indexOf(LIMITS_CROSSED) >= 0 ? 'warmLimitMilliC' : '';
}
