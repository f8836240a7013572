import type { Message } from '../../console/frame.ts';
import type { ConfigDraft } from './config-draft.ts';
import type { Reading } from './reading.ts';
import type { SelfTest } from './self-test.ts';
import type { StepName } from './steps.ts';

/** A change of one key, as people read it. */
export interface Change {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What was written and read back. Moments are milliseconds since 1970, by this computer. */
export interface Saved {
  readonly at: number;
  readonly generation: number;
  /** How many keys were read back and are as they should be. */
  readonly readBack: number;
  readonly changes: readonly Change[];
}

/** The whole journal, as it stands in flash. */
export interface Log {
  readonly at: number;
  readonly image: Uint8Array<ArrayBuffer>;
  /** Number of the oldest record, and of the one that comes next. */
  readonly from: number;
  readonly next: number;
  readonly fileName: string;
  isSaved: boolean;
}

/** All that the page knows of the visit to one tracker. */
export interface Visit {
  step: StepName;
  /** Who works, 1 to 16 of A-Z a-z 0-9 - _; empty: not said yet. */
  who: string;
  /** The last answer to `status`. */
  status: Message | undefined;
  /** What the sensors said while the page looked. */
  readonly live: Reading[];
  /** Undefined until the configuration has been read. New secrets stand in it until they are saved. */
  draft: ConfigDraft | undefined;
  /** Of the form, which groups are open. */
  readonly openGroups: Set<string>;
  /** Names in the file that was loaded last which no key has. */
  unknownNames: readonly string[];
  readonly saves: Saved[];
  /** The person said that it stays as it is. */
  isConfigLeft: boolean;
  tripName: string;
  trip: { readonly at: number; readonly name: string } | undefined;
  readonly skips: { gnss: boolean; modem: boolean };
  selfTest: SelfTest | undefined;
  /** Pages of the journal that have come, by their index. */
  readonly pages: Map<number, Uint8Array>;
  log: Log | undefined;
  isProtocolKept: boolean;
}

export function newVisit(who: string): Visit {
  return {
    step: 'connect',
    who,
    status: undefined,
    live: [],
    draft: undefined,
    openGroups: new Set(['identity', 'cargo']),
    unknownNames: [],
    saves: [],
    isConfigLeft: false,
    tripName: '',
    trip: undefined,
    skips: { gnss: false, modem: false },
    selfTest: undefined,
    pages: new Map(),
    log: undefined,
    isProtocolKept: false,
  };
}
