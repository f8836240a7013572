import type { Battery } from './battery.ts';
import type { Clock } from './clock.ts';
import type { Console } from './console.ts';
import type { Crypto } from './crypto.ts';
import type { Fittings } from './fittings.ts';
import type { FlashRegion } from './flash.ts';
import type { Gnss } from './gnss.ts';
import type { Link } from './link.ts';
import type { Power } from './power.ts';
import type { Watchdog } from './watchdog.ts';

/** A whole tracker, as the firmware sees it. A board file composes one. */
export interface Tracker {
  readonly clock: Clock;
  readonly power: Power;
  /** Where the journal lives. */
  readonly journal: FlashRegion;
  /** Two pages for the two copies of the configuration. */
  readonly configuration: FlashRegion;
  /** Made for those who look: what they hold of it takes memory, and after a reading nobody does. */
  fittings(): Fittings;
  readonly gnss: Gnss;
  readonly link: Link;
  /** Let go of the memory of `gnss` and `link`, which are released and closed. They can be used again. */
  forgetRadio(): void;
  readonly battery: Battery;
  readonly console: Console;
  readonly watchdog: Watchdog;
  readonly crypto: Crypto;
}
