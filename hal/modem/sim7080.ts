import type { Clock } from '../clock.ts';
import type { Gnss } from '../gnss.ts';
import type { Link } from '../link.ts';
import type { ModemUart } from '../modem-uart.ts';
import { AtChannel } from './at-channel.ts';
import { sim7080Gnss } from './sim7080-gnss.ts';
import { Sim7080Link } from './sim7080-link.ts';
import { ModemPower, type ModemWiring } from './sim7080-power.ts';

/** A SIM7080G: one radio that is either a satellite receiver or a link. */
export function sim7080(uart: ModemUart, clock: Clock, wiring: ModemWiring): { gnss: Gnss; link: Link } {
  let link: Sim7080Link | null = null;
  const channel = new AtChannel(uart, clock, (line) => {
    if (link !== null) link.unsolicited(line);
  });
  const power = new ModemPower(channel, clock, wiring);
  link = new Sim7080Link(channel, clock, power);
  return { gnss: sim7080Gnss(channel, clock, power, wiring), link };
}
