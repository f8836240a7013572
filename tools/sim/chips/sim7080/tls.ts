import type { Clock } from './clock.ts';
import type { ModemFlash } from './flash.ts';

export const TLS_CONTEXTS = 6;
/** A clock before this cannot check any certificate's dates. */
const PLAUSIBLE_FROM_MS = Date.UTC(2024, 0, 1);

/** One set of CSSLCFG settings. */
export interface TlsContext {
  /** 0 SSL 3.0, 1 TLS 1.0, 2 TLS 1.1, 3 TLS 1.2, 4 all, 5 DTLS. */
  version: number;
  serverName: string;
  ignoreClock: boolean;
}

/** TLS settings, lost at power-off: CSSLCFG's contexts, and CASSLCFG's choice for the socket. */
export class TlsSettings {
  readonly contexts: readonly TlsContext[] = Array.from({ length: TLS_CONTEXTS }, () => ({
    version: 4,
    serverName: '',
    ignoreClock: false,
  }));
  enabled = false;
  contextIndex = 0;
  /** The CA file that the server's certificate must lead to; without one, any server is trusted. */
  caFile: string | undefined;

  /** The CAOPEN result that these settings lead to before any byte is sent, or 0. */
  fault(flash: ModemFlash, clock: Clock): 0 | 4 | 24 {
    if (!this.enabled || this.caFile === undefined) return 0;
    if (!flash.convertedCas.has(this.caFile)) return 4;
    const ignoreClock = this.contexts[this.contextIndex]?.ignoreClock ?? false;
    return ignoreClock || clock.utcMs >= PLAUSIBLE_FROM_MS ? 0 : 24;
  }
}
