import type { Network } from '../../net/network.ts';
import type { Random } from '../../random.ts';
import type { Air, RadioTechnology, Sky } from '../radio.ts';
import type { Family, Firmware } from './family.ts';
import type { Faults } from './faults.ts';
import type { Backup, ModemFlash, Profile } from './flash.ts';
import type { OnAir } from './on-air.ts';
import type { Grants } from './options.ts';
import type { Scope } from './scope.ts';
import type { SimCard } from './sim-card.ts';

/** What every part of a powered modem works with. */
export interface Core {
  readonly family: Family;
  readonly firmware: Firmware;
  readonly faults: Faults;
  readonly scope: Scope;
  readonly random: Random;
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  readonly flash: ModemFlash;
  readonly backup: Backup;
  readonly sim: SimCard;
  /** APNs that the networks accept; undefined: all. */
  readonly apns: readonly string[] | undefined;
  readonly grants: Grants;
  /** The running settings: a copy of the stored ones. */
  readonly profile: Profile;
  /** Print an unsolicited line. */
  urc(line: string): void;
  /** Something happened that may have changed the modem's state. */
  changed(): void;
  /** Bytes on the air; they also keep the radio connection up. Where the modem does not camp, `technology` says on what. */
  traffic(bytes: OnAir, technology?: RadioTechnology): void;
}
