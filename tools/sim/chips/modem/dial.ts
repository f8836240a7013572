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
import type { TlsCheck } from './tls.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  /** Undefined: plain TCP. */
  readonly tls: TlsCheck | undefined;
}

export type Dialled = Awaited<ReturnType<Network['connect']>>;

/**
 * Ask the network for a stream. A modem without a CA takes any server, and one that ignores dates takes an expired
 * certificate: where that is the only obstacle, it is let through to the same place unchecked.
 */
export async function dial(network: Network, target: Target): Promise<Dialled> {
  const { host, port, tls } = target;
  try {
    const checked = await network.connect({ host, port, tls: tls !== undefined });
    if (!tls) return checked;
    const waived = !checked.ok && waives(tls, checked.error);
    const dialled = waived ? await network.connect({ host, port, tls: false }) : checked;
    const error = dialled.ok ? obstacle(tls) : undefined;
    if (!dialled.ok || !error) return dialled;
    dialled.stream.close();
    return { ok: false, error };
  } catch {
    return { ok: false, error: 'timeout' };
  }
}

function waives(tls: TlsCheck, error: ConnectError): boolean {
  return error.startsWith('tls-') && (!tls.verify || (error === 'tls-expired' && tls.ignoreDates));
}

/** What the modem itself has against a server that the network found nothing wrong with. */
function obstacle(tls: TlsCheck): ConnectError | undefined {
  if (tls.broken) return 'tls-certificate';
  return tls.verify && !tls.ignoreDates && !tls.clockPlausible ? 'tls-expired' : undefined;
}

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
