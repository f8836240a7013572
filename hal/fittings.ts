import type { Door } from './door.ts';
import type { Probe } from './probe.ts';
import type { ReeferSocket } from './reefer-socket.ts';

/** What a board has to look at the box with. */
export interface Fittings {
  /** All that the board has, supply air first; which of them are fitted is a matter of configuration. */
  readonly probes: readonly Probe[];
  readonly door: Door;
  readonly reefer: ReeferSocket;
}
