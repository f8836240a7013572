/** What a modem's antennas receive, as functions of place and time. The world implements these two. */
/** `LTE` is Cat-1 and above. */
export type RadioTechnology = 'LTE-M' | 'NB-IoT' | 'GSM' | 'LTE';

export interface Cell {
  /** Mobile country and network code, as digits: "262", "01". */
  readonly mcc: string;
  readonly mnc: string;
  /** True when the SIM is not from this network. */
  readonly roaming: boolean;
  /** Received signal strength, dBm. */
  readonly rssiDbm: number;
  readonly tac: number;
  readonly cellId: number;
  /** What this network refuses the SIM: registering at all, or data once registered. Undefined: nothing. */
  readonly refuses?: 'registration' | 'data';
}

export interface Air {
  /** The best cell on this technology here and now, or undefined where there is none. */
  cell(technology: RadioTechnology): Cell | undefined;
  /** A modem has registered in this cell: some networks count from here. */
  joined?(cell: Cell): void;
  /** True UTC, milliseconds since 1970, as the network would tell it. */
  utcMs(): number;
  /** Offset of the network's local time from UTC in minutes, as NITZ would tell it. */
  utcOffsetMin(): number;
}

export interface SkyFix {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeM: number;
  readonly speedKmh: number;
  readonly courseDeg: number;
  readonly satellites: number;
  readonly hdop: number;
  readonly utcMs: number;
}

export interface Sky {
  /** Where the antenna is and how well it sees the sky, or undefined under a roof or in a tunnel. */
  view(): SkyFix | undefined;
}
