/**
 * The four-pole remote monitoring socket of a reefer: three signals of 24 V and their return.
 *
 * Contract:
 * - `read` gives null when nothing is fitted to read the socket, and when a signal does not hold still for as long as
 *   three looks take: contacts corrode. It blocks for at most 5 ms.
 * - Three signals that are off can mean a machine that is off, a box without power, or a plug that is not in its socket.
 *   Nothing at the socket tells these apart; only a signal that is on proves that somebody is there.
 */
export interface SocketSignals {
  readonly compressor: boolean;
  readonly defrost: boolean;
  /** The machine finds its temperature in range of its set point, right or wrong. */
  readonly inRange: boolean;
}

export interface ReeferSocket {
  read(): SocketSignals | null;
}
