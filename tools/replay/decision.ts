import type { Stage } from '../../hal/modem/profile.ts';

/**
 * How something that the tracker wrote stands to the transcript:
 * - exact, differs: it is there, or the same command with other arguments is
 * - alive: a plain AT that is not there; the modem answers what comes later, so it answers this
 * - assumed: not there, and answered as if all were well, because that was asked for
 * - missing: not there, and left unanswered
 * - deaf: the modem is off, or hangs
 * - used-up: the transcript has ended
 */
export type Fit = 'exact' | 'differs' | 'alive' | 'assumed' | 'missing' | 'deaf' | 'used-up';

/** What happened in a session, as it is printed. Lines are those of the transcript, from 1. */
export type Happening =
  | { readonly kind: 'pin'; readonly pin: 'supply' | 'PWRKEY' | 'antenna'; readonly on: boolean }
  /** A dialogue begins. */
  | { readonly kind: 'stage'; readonly stage: Stage }
  /** A dialogue has ended; `fault` where a line told it. */
  | { readonly kind: 'verdict'; readonly stage: Stage; readonly passed: boolean; readonly fault?: string }
  | {
      readonly kind: 'wrote';
      readonly text: string;
      readonly fit: Fit;
      readonly line?: number;
      /** What stands there instead. */
      readonly expected?: string;
      /** It stands behind what was passed over, and before what was used last. */
      readonly late?: true;
    }
  /** Bytes behind a prompt, of as many as were announced. */
  | { readonly kind: 'payload'; readonly bytes: number; readonly of: number }
  | { readonly kind: 'skipped'; readonly lines: readonly number[] }
  /** `lost`: nobody listened. */
  | { readonly kind: 'heard'; readonly text: string; readonly line: number | null; readonly lost?: true }
  | { readonly kind: 'modem'; readonly state: 'off' | 'hangs' | 'starts' }
  | {
      readonly kind: 'recovery';
      readonly rung: string;
      readonly fault: string;
      readonly sentence: string;
    }
  | {
      readonly kind: 'outcome';
      readonly opened: boolean;
      readonly fault: string | null;
      readonly sentence: string;
      readonly remedy: string | null;
    }
  | { readonly kind: 'sent'; readonly bytes: number; readonly taken: boolean }
  | { readonly kind: 'received'; readonly hex: string; readonly meaning: string | null }
  | { readonly kind: 'silence'; readonly seconds: number }
  | { readonly kind: 'ended' }
  | { readonly kind: 'again' }
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'report';
      readonly technology: string | null;
      /** MCC and MNC. */
      readonly network: number | null;
      readonly rssiDbm: number | null;
      readonly searchedS: number;
      readonly bytes: number;
      /** What the network told, ISO 8601. */
      readonly networkTime: string | null;
    }
  /** Lines that the tracker did not come to. */
  | { readonly kind: 'unused'; readonly lines: readonly number[] };

/** `atS`: virtual seconds since the session began. */
export type Decision = { readonly atS: number } & Happening;

export type Note = (happening: Happening) => void;
