import type { Clock } from '../clock.ts';
import type { Gnss } from '../gnss.ts';
import type { Link } from '../link.ts';
import type { ModemUart } from '../modem-uart.ts';
import { AtChannel } from './at-channel.ts';
import { modemGnss } from './gnss.ts';
import { ModemLink } from './link.ts';
import { ModemPower, type ModemWiring } from './power.ts';
import type { ModemProfile } from './profile.ts';

export interface Radio {
  readonly gnss: Gnss;
  readonly link: Link;
  /** Let go of the drivers, which are released and closed: they are made anew when they are used again. */
  forget(): void;
}

/** What is made at the first use. */
interface Drivers {
  readonly gnss: Gnss;
  readonly link: Link;
}

function makeDrivers(profile: ModemProfile, uart: ModemUart, clock: Clock, wiring: ModemWiring): Drivers {
  let link: ModemLink | null = null;
  const channel = new AtChannel(uart, clock, (line) => {
    if (link !== null) link.unsolicited(line);
  });
  const power = new ModemPower(channel, clock, profile, wiring);
  link = new ModemLink(power);
  return { gnss: modemGnss(power, profile.gnss), link };
}

/**
 * A modem with a receiver: one AT port that is either a satellite receiver's or a link's. Nothing of it is made before its
 * first use: most wakes have none, and it takes a third of the interpreter's memory.
 */
export function modem(
  profile: () => ModemProfile,
  uart: ModemUart,
  clock: Clock,
  wiring: ModemWiring,
): Radio {
  let drivers: Drivers | null = null;
  function made(): Drivers {
    if (drivers === null) drivers = makeDrivers(profile(), uart, clock, wiring);
    return drivers;
  }
  return {
    gnss: {
      locate: (deadlineS, done) => {
        made().gnss.locate(deadlineS, done);
      },
      release: (done) => {
        if (drivers === null) done();
        else drivers.gnss.release(done);
      },
    },
    get link() {
      return made().link;
    },
    forget: () => {
      drivers = null;
    },
  };
}
