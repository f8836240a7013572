import type { Kernel } from '../../kernel.ts';
import type { Network } from '../../net/network.ts';
import type { Random } from '../../random.ts';
import type { Air, Sky } from '../radio.ts';
import type { Family } from './family.ts';
import type { Faults } from './faults.ts';

export type { Faults } from './faults.ts';

/**
 * What the modem does, as far as its current draw is concerned.
 * - off: no supply, or supply without having been switched on
 * - booting: switched on, UART not ready yet
 * - idle: running, radio off (CFUN=0 or 4, SIM locked, detached by command)
 * - searching: looking for a cell, joining one, or refused by all
 * - registered: camping on a cell without a radio connection (an active PDP context alone does not change that)
 * - connected: radio connection up: traffic, and `INACTIVITY_US` of silence after it
 * - transmitting: connected, and sending right now
 * - gnss: GNSS engine powered. A family whose GNSS does not need the radio for itself is in this state only while it is
 *   idle or registered besides; `onStateChange` says at all times whether the engine is on
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

export interface SimOptions {
  /** 19 or 20 digits. */
  readonly iccid: string;
  /** Asked for after each power-on; without one the SIM is open. */
  readonly pin?: string | undefined;
  /** Wrong PINs have been tried before. */
  readonly pukLocked?: boolean | undefined;
  /** The holder is empty. */
  readonly absent?: boolean | undefined;
}

/** What the network agrees to when the modem asks to sleep. May be changed at any time. Unset: yes. */
export interface Grants {
  /** Refused: the periodic TAU timer is answered as off. */
  psm?: boolean | undefined;
  edrx?: boolean | undefined;
}

export interface ModemOptions {
  readonly family: Family;
  /** What AT+CGMR is to answer, one of `family.firmware`; without it the first of them. */
  readonly firmware?: string | undefined;
  readonly kernel: Kernel;
  readonly random: Random;
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  /** The SIM in the holder; without it an open one. */
  readonly sim?: SimOptions | undefined;
  /** The APNs that the networks accept, besides an empty one; without it all. */
  readonly apns?: readonly string[] | undefined;
  readonly grants?: Grants | undefined;
  readonly faults?: Faults | undefined;
  /** The modem's GPIO that feeds the GNSS antenna (AT+CGPIO): without it high, the sky is not seen. */
  readonly antennaGpio?: number | undefined;
  readonly batteryMillivolts?: (() => number) | undefined;
  readonly onStateChange?: ((state: ModemState, gnssOn: boolean) => void) | undefined;
  /** Bytes on the air, IP headers included, see on-air.ts. */
  readonly onTraffic?: ((upBytes: number, downBytes: number) => void) | undefined;
  /** A GPIO of the modem has been switched by AT+CGPIO, or has gone low with the power. */
  readonly onGpio?: ((pin: number, high: boolean) => void) | undefined;
  /** A burst took the battery down, see `Faults.brownOutOnGsmBurst`. The modem is off already. */
  readonly onBrownOut?: (() => void) | undefined;
}
