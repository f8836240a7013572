import type { Clock } from '../clock.ts';
import type { Gnss } from '../gnss.ts';
import type { Link } from '../link.ts';
import type { ModemUart } from '../modem-uart.ts';
import { AtChannel } from './at-channel.ts';
import { modemGnss } from './gnss.ts';
import { ModemLink } from './link.ts';
import { ModemPower, type ModemWiring } from './power.ts';
import type { ModemProfile } from './profile.ts';

/** A modem with a receiver: one AT port that is either a satellite receiver's or a link's. */
export function modem(
  profile: ModemProfile,
  uart: ModemUart,
  clock: Clock,
  wiring: ModemWiring,
): { gnss: Gnss; link: Link } {
  let link: ModemLink | null = null;
  const channel = new AtChannel(uart, clock, (line) => {
    if (link !== null) link.unsolicited(line);
  });
  const power = new ModemPower(channel, clock, profile, wiring);
  link = new ModemLink(power);
  return { gnss: modemGnss(power, profile.gnss), link };
}
