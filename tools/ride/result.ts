import type { EnergySummary } from './energy-summary.ts';
import type { HarmAccount } from './harm.ts';
import type { RadioRow } from './radio-ledger.ts';

/**
 * What a ride leaves behind. `Summary` is `summary.json`, whose fields others rely on; `RideResult` is what the report
 * is drawn from.
 */
export interface Summary {
  scenario: string;
  seed: number;
  board: string;
  /** Length of the ride, days. */
  days: number;
  /** Times the supply-air sensor was read out for a reading, counted by the chip model. */
  samples: number;
  /** Readings found whole in the flash image, counted by the host's decoder. */
  stored: number;
  /** Readings that reached the database while the container still rode. */
  delivered: number;
  /** Rows counted by SQL at the end. */
  inDatabase: number;
  /** Stored, and not in the database at the end. */
  lost: number;
  /** In the database and never sampled, or with another value than the chip gave. */
  invented: number;
  /** Records that arrived again and were dropped by (device, seq). */
  duplicatesDropped: number;
  longestGapHours: number;
  sessions: number;
  bytesOnAirUp: number;
  bytesOnAirDown: number;
  bytesPerReadingOnAir: number;
  flash: { bytesPerReading: number; pagesUsed: number; erases: number };
  /** Alarms that were raised, and those of them that nothing done to the box explains, or a defrost alone. */
  alarms: { raised: number; false: number };
  wakes: number;
  modelledMilliampHours: number;
  /** The same charge by state, a day of it, and what the board's battery makes of it. */
  energy: EnergySummary;
  /** Bytes on the air and the modem's charge, by country and technology. */
  radio: RadioRow[];
}

export interface TrackPoint {
  /** Hours since departure. */
  hour: number;
  latDeg: number;
  lonDeg: number;
  /** Chainage from the origin, km. */
  km: number;
  /** True where the modem would find a cell. */
  covered: boolean;
}

export interface ReadingPoint {
  hour: number;
  supplyC: number | null;
  supplyRh: number | null;
  returnC: number | null;
}

/** A time without uplink: from the first reading that had to wait to the session that took it. */
export interface Gap {
  fromHour: number;
  toHour: number;
  /** Nearest places, "Dostyk - Aktogay". */
  where: string;
  /** Why, as the world knows it: "coverage hole (assumption)", "steel stack in the yard", "broker down". */
  reason: string;
  readings: number;
}

export interface Stop {
  name: string;
  latDeg: number;
  lonDeg: number;
  km: number;
  arriveHour: number;
  departHour: number;
  /** Shown for gauge breaks and borders. */
  note?: string;
}

export interface RideResult {
  summary: Summary;
  /** UTC of departure, ISO 8601. */
  departure: string;
  title: string;
  track: TrackPoint[];
  readings: ReadingPoint[];
  /** Outside air as the world had it, for the chart. */
  ambient: { hour: number; celsius: number }[];
  gaps: Gap[];
  stops: Stop[];
  /** The tracker's alarms beside what was really done to the box. */
  harm: HarmAccount;
}
