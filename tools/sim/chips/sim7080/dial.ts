import type { ConnectError, Network } from '../../net/network.ts';
import type { Random } from '../../random.ts';
import {
  DNS_LOOKUP,
  type OnAir,
  TCP_HANDSHAKE,
  TCP_NO_ANSWER,
  TCP_REFUSED,
  TLS_HANDSHAKE,
} from './on-air.ts';
import { between, S } from './scope.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Check the server's certificate. */
  readonly verify: boolean;
}

export type Dialled = Awaited<ReturnType<Network['connect']>>;

/**
 * Ask the network for a stream. A modem without a CA takes any server: where the certificate is the only obstacle,
 * it is let through to the same place unchecked.
 */
export async function dial(network: Network, target: Target): Promise<Dialled> {
  const { host, port, tls, verify } = target;
  try {
    const checked = await network.connect({ host, port, tls });
    const badCertificate = !checked.ok && checked.error.startsWith('tls-');
    return badCertificate && !verify ? await network.connect({ host, port, tls: false }) : checked;
  } catch {
    return { ok: false, error: 'timeout' };
  }
}

/** How the modem reports a failure to connect. */
export const openResults: Record<ConnectError, number> = {
  dns: 20,
  refused: 23,
  'tls-name': 25,
  'tls-certificate': 27,
  timeout: 27,
};

/** How long an attempt takes after the first round trip, and what it puts on the air. */
export function course(
  random: Random,
  outcome: ConnectError | undefined,
  tls: boolean,
  rttUs: number,
): { takesUs: number; costs: readonly OnAir[] } {
  if (outcome === 'dns') return { takesUs: between(random, S, 10 * S), costs: [] };
  if (outcome === 'timeout') return { takesUs: between(random, 20 * S, 75 * S), costs: [TCP_NO_ANSWER] };
  if (outcome === 'refused') return { takesUs: rttUs, costs: [TCP_REFUSED] };
  if (!tls) return { takesUs: rttUs, costs: [TCP_HANDSHAKE] };
  return { takesUs: (1 + random.int(2, 3)) * rttUs, costs: [TCP_HANDSHAKE, TLS_HANDSHAKE] };
}

/** What comes before TCP: a name has to be looked up. */
export function lookup(host: string): readonly OnAir[] {
  return /^[\d.]+$/.test(host) ? [] : [DNS_LOOKUP];
}
