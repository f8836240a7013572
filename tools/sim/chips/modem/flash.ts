import type { SkyFix } from '../radio.ts';

/** Settings that a power-on starts from; AT&W makes the running ones the stored ones. */
export interface Profile {
  echo: boolean;
  /** Error reporting, CMEE. */
  cmee: number;
  /** 0 is autobaud: the modem stays silent until it has seen a command. */
  ipr: 0 | 115200;
  /** Take the network's time: CLTS, CTZU. */
  networkTime: boolean;
  /** How a time from the network is reported, CTZR. */
  timeReport: number;
}

/** Timers as CPSMS takes them, eight bits each as text. */
export interface PsmTimers {
  readonly tau: string;
  readonly active: string;
}

/** What the modem keeps without supply. What only one family keeps hangs on this by `stateOf`. */
export class ModemFlash {
  profile: Profile;
  readonly files = new Map<string, Uint8Array>();
  /** APN of each context that CGDCONT has defined. */
  readonly contexts = new Map<number, string>();
  /** The only network that may be used, MCC and MNC (COPS=1); undefined: any. */
  operator: string | undefined;
  /** What CPSMS asks for; undefined: nothing. */
  psm: PsmTimers | undefined;
  /** What CEDRXS asks for, by access technology as 27.007 counts it there. */
  readonly edrx = new Map<number, string>();

  constructor(profile: Profile) {
    this.profile = { ...profile };
  }
}

/** What the modem keeps while it is off with the supply on: what GNSS needs for a hot start. */
export interface Backup {
  /** When the last fix was, virtual time. */
  lastFixUs: number | undefined;
  lastFix: SkyFix | undefined;
}
