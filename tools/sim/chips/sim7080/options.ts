import type { Kernel } from '../../kernel.ts';
import type { Network } from '../../net/network.ts';
import type { Random } from '../../random.ts';
import type { Air, Sky } from '../radio.ts';

/**
 * What the modem does, as far as its current draw is concerned.
 * - off: no supply, or supply without having been switched on
 * - booting: switched on, UART not ready yet
 * - idle: running, radio off (CFUN=0 or 4, SIM locked, detached by command)
 * - searching: looking for a cell, or joining one
 * - registered: camping on a cell without a radio connection (an active PDP context alone does not change that)
 * - connected: radio connection up: traffic, and `INACTIVITY_US` of silence after it
 * - transmitting: connected, and sending right now
 * - gnss: GNSS engine powered; it has the radio for itself
 */
export type ModemState =
  | 'off'
  | 'booting'
  | 'idle'
  | 'searching'
  | 'registered'
  | 'connected'
  | 'transmitting'
  | 'gnss';

/** Things that go wrong once. Each flag is cleared when its fault has happened. */
export interface Faults {
  /** The next boot ends in a lock-up: no byte comes out, PWRKEY does nothing; only removing the supply cures it. */
  silentAfterBoot?: boolean;
  /** The next CASEND takes its bytes, loses them, and answers ERROR. */
  casendErrorOnce?: boolean;
  /** The modem restarts by itself when the next CASEND has taken its bytes. */
  rebootDuringSend?: boolean;
}

export interface Sim7080Options {
  readonly kernel: Kernel;
  readonly random: Random;
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  /** The SIM asks for this PIN after each power-on. Without it the SIM is open. */
  readonly simPin?: string | undefined;
  readonly faults?: Faults | undefined;
  readonly onStateChange?: ((state: ModemState) => void) | undefined;
  /** Bytes on the air, IP headers included, see on-air.ts. */
  readonly onTraffic?: ((upBytes: number, downBytes: number) => void) | undefined;
}
