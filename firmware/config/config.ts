/** What a technician can set. docs/config.md lists the keys, values.ts holds their ranges. */
export interface Config {
  /** 1 to 32 characters of A-Z a-z 0-9 - _; empty: not provisioned, and nothing is sent. */
  readonly deviceId: string;
  /** Seconds between readings, 60 to 3600. */
  readonly intervalS: number;
  /** Seconds between positions, 600 to 86400. */
  readonly fixIntervalS: number;
  /** Seconds between uplink sessions, 900 to 86400. */
  readonly uplinkIntervalS: number;
  /** Access point name of the SIM's contract, at most 100 characters of A-Z a-z 0-9 - _ . */
  readonly apn: string;
  /** At most 255 characters of A-Z a-z 0-9 - _ . */
  readonly brokerHost: string;
  /** 1 to 65535. */
  readonly brokerPort: number;
  /** The CA certificate that the broker's must chain to, PEM and nothing around it, at most 3200 characters. */
  readonly caPem: string;
  /** 32 bytes that key the journal's seals; null: no seals. A secret: it goes in and never comes out. */
  readonly deviceKey: Uint8Array | null;
  /** Readings in steps of 0.01 C and 0.1 %; false: 0.1 C and 0.5 %. */
  readonly fineResolution: boolean;
  /**
   * The cargo's limits in thousandths of a degree Celsius, -100000 to 100000; null: none. Readings outside of them are
   * never thinned, and raise an alarm at once where there are no `rules`. Where both are set, cold must be below warm; else
   * both are ignored.
   */
  readonly coldLimitMilliC: number | null;
  readonly warmLimitMilliC: number | null;
  /** 4 to 8 digits that the SIM asks for, or empty: none. A secret: it goes in and never comes out. */
  readonly simPin: string;
  /**
   * Seconds, 600 to 111600, at which a sleeping modem makes itself known to the network: where the network grants it, the
   * modem sleeps between sessions. 0: it is switched off between them.
   */
  readonly powerSavingS: number;
  /** Hours that the trip is planned to take, 1 to 2400; 0: not planned. It bounds the interval: EN 12830's table. */
  readonly tripHours: number;
  /** Seconds between readings while an alarm stands or is on its way, 60 to 900; never more than `intervalS`. */
  readonly excursionIntervalS: number;
  /** What counts as harm to the cargo: rules as docs/cargo.md has them in bytes, at most 80; null: the limits alone. */
  readonly rules: Uint8Array | null;
  /** Name of the cargo profile that the rules are from, at most 32 characters of A-Z a-z 0-9 - _; for people. */
  readonly cargoProfile: string;
  /** The probes that are fitted, bit n for place n of docs/journal.md: 2 supply air, 4 return air, 8 ambient ... to 254. */
  readonly probes: number;
  /** Corrections and certificates of the probes as docs/config.md has them in bytes, at most 112; null: none. */
  readonly calibration: Uint8Array | null;
}

export const DEFAULT_CONFIG: Config = {
  deviceId: '',
  intervalS: 600,
  fixIntervalS: 3600,
  uplinkIntervalS: 14400,
  apn: '',
  brokerHost: '',
  brokerPort: 8883,
  caPem: '',
  deviceKey: null,
  fineResolution: false,
  coldLimitMilliC: null,
  warmLimitMilliC: null,
  simPin: '',
  powerSavingS: 0,
  tripHours: 0,
  excursionIntervalS: 300,
  rules: null,
  cargoProfile: '',
  probes: 6,
  calibration: null,
};

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
