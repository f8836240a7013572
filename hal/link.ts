/**
 * One reliable byte stream to one host, over whatever radio the board has.
 *
 * Contract:
 * - At most one stream at a time: `open` comes first, then `close`, also after an open that failed. Anything else is
 *   answered by a fault.
 * - `open` calls `opened` exactly once and never from inside itself, within `deadlineS` plus 10 s; at once when `close`
 *   comes in between.
 * - After an open that failed, or in place of a stream that has ended or leads nowhere, `open` may be called again instead
 *   of `close`: the link goes on from what still stands, one rung further up its recovery ladder, and fails at once when
 *   the ladder has no more.
 * - After a successful open, `onBytes` is called for bytes as they come (each character one byte) and `onClosed` at
 *   most once, behind the last byte, when the stream ends other than by `close` or a failed `send`.
 * - `send` takes 1 to `maxSend` bytes, which stay as they are until `done`. It calls `done` exactly once and never from
 *   inside itself, within 20 s; true means that the modem has taken them, no more. False ends the stream when there was
 *   one: bytes may be missing from it. One send at a time.
 * - `close` ends the stream and the radio session, powers the modem down, and calls `done` exactly once within 40 s,
 *   whatever state things are in. It leaves a modem alone that someone else is using.
 * - Streams are TLS with the server's certificate checked against the CA in `LinkTarget`; without one `open` refuses.
 * - Failures are fault codes of the error catalogue (hal/faults.ts), 0 for none.
 */

/** Radio technologies, as records and plans number them. */
export const LTE_M = 1;
export const NB_IOT = 2;
export const GSM = 3;
/** Cat-1 and above. */
export const LTE = 4;

/** One step of a search for a network. */
export interface Search {
  readonly technology: number;
  /** Seconds that it may take, from 10. */
  readonly withinS: number;
  /** The only network to try, as a number whose digits are MCC and MNC: 26201. 0 leaves the choice to the modem. */
  readonly network: number;
}

export interface LinkTarget {
  readonly apn: string;
  readonly host: string;
  readonly port: number;
  /** The CA certificate, PEM. Empty: refuse to connect. */
  readonly caPem: string;
  /** Tried once where the SIM asks for it; empty: not at all. */
  readonly simPin: string;
  /** What to search, in this order; the first network that registers is used. */
  readonly searches: readonly Search[];
  /** Let the SIM forget which networks have refused it: it is in another country now. */
  readonly clearForbidden: boolean;
  /** UTC now as far as the tracker knows it, seconds since 1970, for a modem that nobody tells; null unknown. */
  readonly utcS: number | null;
  /**
   * Seconds between contacts to ask the network for, so that the modem may sleep behind the session instead of being
   * switched off: 600 to 111600. 0: it is switched off.
   */
  readonly powerSavingS: number;
  /** How far up the recovery ladder to begin: 0, or one of the rungs below. */
  readonly rung: number;
}

/** The recovery ladder. Each rung does what the one below it does, and more. */
export const RUNG_SOCKET = 1;
export const RUNG_PDP = 2;
export const RUNG_RADIO = 3;
export const RUNG_PWRKEY = 4;
export const RUNG_RAIL = 5;

/** What a radio session has met, from its first `open` on; complete when `close` has called back. */
export interface LinkReport {
  /** Where it registered last; 0 for nowhere. */
  readonly technology: number;
  /** MCC and MNC as the digits of a number, 0 for none. */
  readonly network: number;
  /** Received signal strength, dBm; 0 unknown. */
  readonly rssiDbm: number;
  /** A number that tells SIMs apart, 1 to 65535; 0 unknown. */
  readonly sim: number;
  /** Seconds spent on searching. */
  readonly searchedS: number;
  /** Bytes that the stream has carried, both ways, without what TLS and TCP add. */
  readonly bytes: number;
  /** What the network has granted of `powerSavingS`; 0 when it was not asked or has refused. */
  readonly powerSavingS: number;
  /** Rungs of the ladder that were taken, in pairs: rung, and the fault that led to it. */
  readonly recoveries: readonly number[];
}

export interface Link {
  readonly maxSend: number;
  /** What the modem can do, the most economical first. */
  readonly technologies: readonly number[];
  open(
    target: LinkTarget,
    deadlineS: number,
    opened: (fault: number) => void,
    onBytes: (bytes: string) => void,
    onClosed: () => void,
  ): void;
  send(bytes: Uint8Array, done: (ok: boolean) => void): void;
  close(done: () => void): void;
  /** What the network told in this session, with the uptime at which it was read; null when it told nothing. */
  networkTime(): { readonly utcS: number; readonly uptimeS: number } | null;
  report(): LinkReport;
}
