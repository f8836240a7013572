/**
 * What a technician can set: the single source for the check on the device, the type of a configuration, the console's
 * help, the forms of the command line and of the web page, and docs/config.md.
 */

/** Numbers of the keys in flash, without gaps. Never reused. */
export const KEY_DEVICE_ID = 1;
export const KEY_INTERVAL = 2;
export const KEY_FIX_INTERVAL = 3;
export const KEY_UPLINK_INTERVAL = 4;
export const KEY_APN = 5;
export const KEY_BROKER_HOST = 6;
export const KEY_BROKER_PORT = 7;
export const KEY_CA = 8;
export const KEY_DEVICE_KEY = 9;
export const KEY_FINE_RESOLUTION = 10;
export const KEY_COLD_LIMIT = 11;
export const KEY_WARM_LIMIT = 12;
export const KEY_SIM_PIN = 13;
export const KEY_POWER_SAVING = 14;
export const KEY_TRIP_HOURS = 15;
export const KEY_EXCURSION_INTERVAL = 16;
export const KEY_RULES = 17;
export const KEY_CARGO_PROFILE = 18;
export const KEY_PROBES = 19;
export const KEY_CALIBRATION = 20;
export const KEY_CONSOLE_PIN = 21;
export const KEY_RADIOS = 22;
export const KEY_SET_POINT = 23;
export const KEY_TRIP = 24;
export const KEY_CONTAINER = 25;
export const KEY_WAGON = 26;
export const KEY_CONSIGNMENT = 27;
export const KEY_SEALS = 28;

/** How many there are. */
export const LAST_KEY = KEY_SEALS;

/** How a value stands in flash: text, integer, 0 or 1, byte string. */
export type Kind = 'text' | 'integer' | 'flag' | 'bytes';

/**
 * What a value looks like beyond its kind. `id`: A-Z a-z 0-9 - _. `name`: these and dots. `digits`: 0-9. `pem`: one
 * certificate. `container`, `wagon`, `consignment`, `seals`: firmware/config/numbers.ts. `rules`: docs/cargo.md. `probes`,
 * `radios`: a sum of powers of two, without 1.
 */
export type Form =
  | ''
  | 'id'
  | 'name'
  | 'digits'
  | 'pem'
  | 'container'
  | 'wagon'
  | 'consignment'
  | 'seals'
  | 'rules'
  | 'probes'
  | 'radios';

export interface KeySpec {
  /** Its number in flash. */
  readonly key: number;
  readonly name: string;
  readonly kind: Kind;
  /** The least and the most: of an integer itself, of a text its characters, of a byte string its bytes. */
  readonly low: number;
  readonly high: number;
  readonly form: Form;
  /** s, h, mC (thousandths of a degree Celsius), or empty. */
  readonly unit: string;
  /** What holds where nothing is set. It may lie outside of the range, as an empty text does: then it says "none". */
  readonly otherwise: string | number | null;
  /** Goes in and never comes out. */
  readonly isSecret: boolean;
  /** The version of Coldrail that first had it. */
  readonly since: string;
  readonly help: string;
}

/** In the order of their numbers: the key n stands at n - 1. */
export const SCHEMA = [
  {
    key: KEY_DEVICE_ID,
    name: 'deviceId',
    kind: 'text',
    low: 1,
    high: 32,
    form: 'id',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.1',
    help: 'Name of the tracker. Empty: not provisioned, and nothing is sent.',
  },
  {
    key: KEY_INTERVAL,
    name: 'intervalS',
    kind: 'integer',
    low: 60,
    high: 3600,
    form: '',
    unit: 's',
    otherwise: 600,
    isSecret: false,
    since: '0.1',
    help: 'Time between readings. Bounded by tripHours (EN 12830 interval table).',
  },
  {
    key: KEY_FIX_INTERVAL,
    name: 'fixIntervalS',
    kind: 'integer',
    low: 600,
    high: 86400,
    form: '',
    unit: 's',
    otherwise: 3600,
    isSecret: false,
    since: '0.1',
    help: 'Time between attempts at a position.',
  },
  {
    key: KEY_UPLINK_INTERVAL,
    name: 'uplinkIntervalS',
    kind: 'integer',
    low: 900,
    high: 86400,
    form: '',
    unit: 's',
    otherwise: 14400,
    isSecret: false,
    since: '0.1',
    help: 'Time between uplink sessions.',
  },
  {
    key: KEY_APN,
    name: 'apn',
    kind: 'text',
    low: 1,
    high: 100,
    form: 'name',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.1',
    help: "Access point name of the SIM's contract (3GPP TS 23.003).",
  },
  {
    key: KEY_BROKER_HOST,
    name: 'brokerHost',
    kind: 'text',
    low: 1,
    high: 255,
    form: 'name',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.1',
    help: 'Host name of the MQTT broker (RFC 1035).',
  },
  {
    key: KEY_BROKER_PORT,
    name: 'brokerPort',
    kind: 'integer',
    low: 1,
    high: 65535,
    form: '',
    unit: '',
    otherwise: 8883,
    isSecret: false,
    since: '0.1',
    help: 'Port of the MQTT broker.',
  },
  {
    key: KEY_CA,
    name: 'caPem',
    kind: 'text',
    low: 1,
    high: 2900,
    form: 'pem',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.1',
    help: "CA certificate that the broker's must lead to: PEM (RFC 7468) and nothing around it.",
  },
  {
    key: KEY_DEVICE_KEY,
    name: 'deviceKey',
    kind: 'bytes',
    low: 32,
    high: 32,
    form: '',
    unit: '',
    otherwise: null,
    isSecret: true,
    since: '0.1',
    help: 'Keys the seals of the journal. Without it nothing is sealed.',
  },
  {
    key: KEY_FINE_RESOLUTION,
    name: 'fineResolution',
    kind: 'flag',
    low: 0,
    high: 1,
    form: '',
    unit: '',
    otherwise: 0,
    isSecret: false,
    since: '0.1',
    help: 'Readings in steps of 0.01 C and 0.1 % instead of 0.1 C and 0.5 %.',
  },
  {
    key: KEY_COLD_LIMIT,
    name: 'coldLimitMilliC',
    kind: 'integer',
    low: -100000,
    high: 100000,
    form: '',
    unit: 'mC',
    otherwise: null,
    isSecret: false,
    since: '0.1',
    help: 'Readings below are never thinned, and raise an alarm where there are no rules. None: no limit.',
  },
  {
    key: KEY_WARM_LIMIT,
    name: 'warmLimitMilliC',
    kind: 'integer',
    low: -100000,
    high: 100000,
    form: '',
    unit: 'mC',
    otherwise: null,
    isSecret: false,
    since: '0.1',
    help: 'Readings above are never thinned, and raise an alarm where there are no rules. None: no limit.',
  },
  {
    key: KEY_SIM_PIN,
    name: 'simPin',
    kind: 'text',
    low: 4,
    high: 8,
    form: 'digits',
    unit: '',
    otherwise: '',
    isSecret: true,
    since: '0.1',
    help: 'PIN that the SIM asks for. Empty: none.',
  },
  {
    key: KEY_POWER_SAVING,
    name: 'powerSavingS',
    kind: 'integer',
    low: 600,
    high: 111600,
    form: '',
    unit: 's',
    otherwise: 0,
    isSecret: false,
    since: '0.1',
    help: 'Interval at which a sleeping modem reports to the network (PSM). 0: it is off between sessions.',
  },
  {
    key: KEY_TRIP_HOURS,
    name: 'tripHours',
    kind: 'integer',
    low: 1,
    high: 2400,
    form: '',
    unit: 'h',
    otherwise: 0,
    isSecret: false,
    since: '0.1',
    help: 'Planned length of the trip. 0: not planned.',
  },
  {
    key: KEY_EXCURSION_INTERVAL,
    name: 'excursionIntervalS',
    kind: 'integer',
    low: 60,
    high: 900,
    form: '',
    unit: 's',
    otherwise: 300,
    isSecret: false,
    since: '0.1',
    help: 'Time between readings while an alarm stands or is on its way.',
  },
  {
    key: KEY_RULES,
    name: 'rules',
    kind: 'bytes',
    low: 1,
    high: 80,
    form: 'rules',
    unit: '',
    otherwise: null,
    isSecret: false,
    since: '0.1',
    help: 'What counts as harm to the cargo, as docs/cargo.md lays it out. None: the limits alone.',
  },
  {
    key: KEY_CARGO_PROFILE,
    name: 'cargoProfile',
    kind: 'text',
    low: 1,
    high: 32,
    form: 'id',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.1',
    help: 'Name of the cargo profile that the rules are from, for people.',
  },
  {
    key: KEY_PROBES,
    name: 'probes',
    kind: 'integer',
    low: 2,
    high: 254,
    form: 'probes',
    unit: '',
    otherwise: 6,
    isSecret: false,
    since: '0.1',
    help: 'Probes that are fitted: 2 supply + 4 return + 8 ambient + 16, 32, 64, 128 cargo.',
  },
  {
    key: KEY_CALIBRATION,
    name: 'calibration',
    kind: 'bytes',
    low: 1,
    high: 112,
    form: '',
    unit: '',
    otherwise: null,
    isSecret: false,
    since: '0.1',
    help: 'Corrections and certificates of the probes, as docs/config.md lays them out.',
  },
  {
    key: KEY_CONSOLE_PIN,
    name: 'consolePin',
    kind: 'text',
    low: 4,
    high: 8,
    form: 'digits',
    unit: '',
    otherwise: '',
    isSecret: true,
    since: '0.2',
    help: 'PIN that the console asks for before it changes anything. Empty: none.',
  },
  {
    key: KEY_RADIOS,
    name: 'radios',
    kind: 'integer',
    low: 2,
    high: 30,
    form: 'radios',
    unit: '',
    otherwise: 30,
    isSecret: false,
    since: '0.2',
    help: 'Radio technologies that may be used: 2 LTE-M + 4 NB-IoT + 8 GSM + 16 LTE Cat-1.',
  },
  {
    key: KEY_SET_POINT,
    name: 'setPointMilliC',
    kind: 'integer',
    low: -100000,
    high: 100000,
    form: '',
    unit: 'mC',
    otherwise: null,
    isSecret: false,
    since: '0.2',
    help: 'Set point of the reefer. Must lie between the limits. None: not stated.',
  },
  {
    key: KEY_TRIP,
    name: 'trip',
    kind: 'text',
    low: 1,
    high: 32,
    form: 'id',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.2',
    help: 'Name of the trip under way. Set by trip start, emptied by trip stop.',
  },
  {
    key: KEY_CONTAINER,
    name: 'container',
    kind: 'text',
    low: 11,
    high: 11,
    form: 'container',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.2',
    help: 'Number of the container with its check digit (ISO 6346), as CSQU3054383.',
  },
  {
    key: KEY_WAGON,
    name: 'wagon',
    kind: 'text',
    low: 8,
    high: 12,
    form: 'wagon',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.2',
    help: 'Number of the wagon with its check digit: 12 digits (UIC) or 8 (1520 mm).',
  },
  {
    key: KEY_CONSIGNMENT,
    name: 'consignment',
    kind: 'text',
    low: 5,
    high: 48,
    form: 'consignment',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.2',
    help: 'Consignment notes as CIM:DIGITS with their check digit, SMGS:NUMBER, a comma between them.',
  },
  {
    key: KEY_SEALS,
    name: 'seals',
    kind: 'text',
    low: 3,
    high: 64,
    form: 'seals',
    unit: '',
    otherwise: '',
    isSecret: false,
    since: '0.2',
    help: 'Seals as TYPE:NUMBER, a comma between them; types H, S, I (ISO 17712).',
  },
] as const satisfies readonly KeySpec[];

type Spec = (typeof SCHEMA)[number];
type ValueOf<S extends Spec> = S['kind'] extends 'text'
  ? string
  : S['kind'] extends 'flag'
    ? boolean
    : S['kind'] extends 'bytes'
      ? Uint8Array | null
      : S['otherwise'] extends null
        ? number | null
        : number;

/**
 * All keys in turn. The device goes no other way: of 28 rows it then holds one at a time (tools/build/unroll.ts), where all
 * would take 800 JsVars.
 */
export function eachKey(visit: (spec: KeySpec) => void): void {
  SCHEMA.forEach(visit);
}

/** A configuration in force: each field is as SCHEMA says. */
export type Config = { readonly [S in Spec as S['name']]: ValueOf<S> };
