/** What a technician can set. docs/config.md lists the keys; this is the thin first version of the schema. */
export interface Config {
  /** 1 to 32 characters of A-Z a-z 0-9 - _; empty: not provisioned, and nothing is sent. */
  readonly deviceId: string;
  /** Seconds between readings, 60 to 3600. */
  readonly intervalS: number;
  /** Seconds between positions, 600 to 86400. */
  readonly fixIntervalS: number;
  /** Seconds between uplink sessions, 900 to 86400. */
  readonly uplinkIntervalS: number;
  readonly apn: string;
  readonly brokerHost: string;
  readonly brokerPort: number;
  /** The CA certificate that the broker's must chain to, PEM. */
  readonly caPem: string;
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
};

/** Numbers of the keys in flash. Never reused. */
export const KEY_DEVICE_ID = 1;
export const KEY_INTERVAL = 2;
export const KEY_FIX_INTERVAL = 3;
export const KEY_UPLINK_INTERVAL = 4;
export const KEY_APN = 5;
export const KEY_BROKER_HOST = 6;
export const KEY_BROKER_PORT = 7;
export const KEY_CA = 8;
