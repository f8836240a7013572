import type { Network } from '../../net/network.ts';
import type { Random } from '../../random.ts';
import type { Air, Sky } from '../radio.ts';
import type { Backup, ModemFlash, Profile } from './flash.ts';
import type { OnAir } from './on-air.ts';
import type { Scope } from './scope.ts';

/** What every part of a powered modem works with. */
export interface Core {
  readonly scope: Scope;
  readonly random: Random;
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  readonly flash: ModemFlash;
  readonly backup: Backup;
  /** The running settings: a copy of the stored ones. */
  readonly profile: Profile;
  /** Print an unsolicited line. */
  urc(line: string): void;
  /** Something happened that may have changed the modem's state. */
  changed(): void;
  /** Bytes on the air; they also keep the radio connection up. */
  traffic(bytes: OnAir): void;
}
