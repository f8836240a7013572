import type { Random } from '../../../../random.ts';
import type { NetworkMoment, OpenFailure } from '../../family.ts';

export const dataWaits = (): string => '+CADATAIND: 0';
export const closed = (): string => '+CASTATE: 0,0';

/** The numbers of CAOPEN. A network that goes away and a server without a trusted certificate are 27 like a timeout. */
export const openResults: Record<OpenFailure, number> = {
  dns: 20,
  refused: 23,
  'tls-expired': 24,
  'tls-name': 25,
  'tls-certificate': 27,
  timeout: 27,
  lost: 27,
};

export function networkTime({ utcMs, quarters }: NetworkMoment): readonly string[] {
  const utc = new Date(utcMs);
  const date = `${utc.getUTCFullYear()},${utc.getUTCMonth() + 1},${utc.getUTCDate()}`;
  const time = `${utc.getUTCHours()},${utc.getUTCMinutes()},${utc.getUTCSeconds()}`;
  const zone = `${quarters < 0 ? '-' : '+'}${Math.abs(quarters)}`;
  return [`*PSUTTZ: ${date},${time},"${zone}",0`, 'DST: 0'];
}

/** How a refused context is answered. Both have been seen: at once, and as one that came and went. */
export function refusesAtOnce(random: Random): boolean {
  return random.int(0, 1) === 0;
}
