import type { Clock } from './clock.ts';
import type { Core } from './core.ts';

export const TLS_CONTEXTS = 6;
/** A clock before this cannot check any certificate's dates. */
const PLAUSIBLE_FROM_MS = Date.UTC(2024, 0, 1);

/** One set of TLS settings. */
export interface TlsContext {
  /** 0 SSL 3.0, 1 TLS 1.0, 2 TLS 1.1, 3 TLS 1.2, 4 all, 5 DTLS. */
  version: number;
  serverName: string;
  ignoreClock: boolean;
  /** Check the server's certificate, where that is a setting of its own (authmode, seclevel). */
  verify: boolean;
  /** The file that the server's certificate must lead to, where it belongs to the context. */
  caFile: string | undefined;
}

/** TLS settings, lost at power-off. */
export class TlsSettings {
  readonly contexts: readonly TlsContext[] = Array.from({ length: TLS_CONTEXTS }, () => ({
    version: 4,
    serverName: '',
    ignoreClock: false,
    verify: false,
    caFile: undefined,
  }));
  enabled = false;
  contextIndex = 0;
}

/** How an attempt to connect handles TLS. */
export interface TlsCheck {
  /** Check the server's certificate; without, any server is trusted. */
  readonly verify: boolean;
  readonly ignoreDates: boolean;
  /** The clock can check dates. */
  readonly clockPlausible: boolean;
  /** Nothing that this firmware tries in TLS succeeds. */
  readonly broken: boolean;
}

export function tlsCheck(core: Core, clock: Clock, context: TlsContext, verify: boolean): TlsCheck {
  return {
    verify,
    ignoreDates: context.ignoreClock,
    clockPlausible: clock.utcMs >= PLAUSIBLE_FROM_MS,
    broken: core.firmware.tlsBroken ?? false,
  };
}
