/**
 * What can go wrong on the tracker, as the numbers that FAULT, SESSION and NOFIX records carry and drivers report. The sentences and
 * remedies are in tools/errors/faults.ts, which the device does not load. A number is never reused.
 */
export const OK = 0;

export const JOURNAL_TORN = 1;
export const JOURNAL_VERIFY = 2;
export const JOURNAL_FOREIGN = 3;
export const JOURNAL_RANGE = 4;
export const CONFIG_MISSING = 10;
export const CONFIG_DAMAGED = 11;
export const CONFIG_UNWRITABLE = 12;
export const CONFIG_REFUSED = 13;
export const SENSOR_FAILED = 20;
export const SENSOR_DOUBTED = 21;
export const INTERVAL_REFUSED = 22;
export const RULES_DAMAGED = 23;
export const GNSS_NO_FIX = 30;
export const GNSS_BUSY = 31;
export const GNSS_SILENT = 32;
export const GNSS_IMPLAUSIBLE = 33;
export const MODEM_SUPPLY = 40;
export const MODEM_SILENT = 41;
export const MODEM_REFUSED = 42;
export const SIM_MISSING = 44;
export const NO_NETWORK = 45;
export const NO_DATA_CONTEXT = 46;
export const TLS_NO_CA = 47;
export const TLS_SETUP = 48;
export const HOST_UNREACHABLE = 49;
export const TLS_REJECTED = 50;
export const STREAM_CLOSED = 51;
export const STREAM_STALLED = 52;
export const RECOVERY_SOCKET = 53;
export const RECOVERY_PDP = 54;
export const RECOVERY_RADIO = 55;
export const RECOVERY_PWRKEY = 56;
export const RECOVERY_RAIL = 57;
export const MQTT_REFUSED = 60;
export const MQTT_SILENT = 61;
export const MQTT_MALFORMED = 62;
export const COLLECTOR_SILENT = 63;
export const SESSION_TOO_LONG = 64;
export const UPLINK_HELD_BACK = 65;
export const BATTERY_LOW = 66;
export const SIM_PIN_NEEDED = 70;
export const SIM_PIN_WRONG = 71;
export const SIM_PUK = 72;
export const SIM_CHANGED = 73;
export const REGISTRATION_DENIED = 74;
export const APN_REFUSED = 75;
export const HOST_UNKNOWN = 76;
export const TLS_WRONG_NAME = 77;
export const TLS_EXPIRED = 78;
export const CLOCK_UNKNOWN = 79;
export const CA_TOO_LARGE = 80;
export const MODEM_FIRMWARE = 81;
export const MODEM_RESTARTED = 82;
export const DOWNLINK_TOO_LARGE = 83;
/** No fault: a session that has begun. */
export const SESSION_BEGUN = 84;
export const PROGRAM_ERROR = 90;
export const SAFE_MODE = 91;
