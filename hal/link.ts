/**
 * One reliable byte stream to one host, over whatever radio the board has.
 *
 * Contract:
 * - At most one stream at a time: `open` comes first, then `close`, also after an open that failed. Anything else is
 *   answered by a fault.
 * - `open` calls `opened` exactly once and never from inside itself, within `deadlineS` plus 10 s; at once when `close`
 *   comes in between.
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
export interface LinkTarget {
  readonly apn: string;
  readonly host: string;
  readonly port: number;
  /** The CA certificate, PEM. Empty: refuse to connect. */
  readonly caPem: string;
}

export interface Link {
  readonly maxSend: number;
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
}
