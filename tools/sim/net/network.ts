/**
 * What lies beyond the modem's antenna, as the modem sees it: hosts that accept byte streams.
 * Real sockets hide behind this; the caller puts the promises into `Kernel.hold`, so virtual time waits for them.
 */

/**
 * - dns: no such name
 * - refused: nobody listens there
 * - timeout: no answer
 * - tls-certificate: the certificate leads to no CA that is trusted
 * - tls-name: it is for another host
 * - tls-expired: it is not valid today
 */
export type ConnectError = 'dns' | 'refused' | 'timeout' | 'tls-certificate' | 'tls-name' | 'tls-expired';

export interface Network {
  /** Open a stream. Never rejects: a failure is a value. */
  connect(target: {
    host: string;
    port: number;
    tls: boolean;
  }): Promise<{ ok: true; stream: Stream } | { ok: false; error: ConnectError }>;
}

export interface Stream {
  /**
   * Send bytes and wait until everything that the far side owes for them has come (or the stream has died).
   * Resolves to the bytes received, one array for each message of the far side, in an order that does not depend on
   * the host's timing.
   */
  send(bytes: Uint8Array): Promise<Uint8Array[]>;
  /** True once either side has closed it. */
  readonly closed: boolean;
  /** Called once when the far side closes or dies. */
  onClosed: (() => void) | undefined;
  close(): void;
}
