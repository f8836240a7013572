import type { DisplayValues } from '../../console/display.ts';
import { specOf } from '../../console/display.ts';
import type { Hello } from '../../console/hello.ts';
import type { ProbeReading } from './reading.ts';
import type { TestedStep, Verdict } from './self-test.ts';
import type { Change, Visit } from './visit.ts';

/** What was done at a tracker, for whoever asks later. Moments are ISO 8601, UTC, by the computer of the technician. */
export interface Protocol {
  readonly format: 'coldrail-protocol';
  readonly version: 1;
  readonly made: string;
  readonly who: string;
  readonly tracker: { readonly device: string; readonly firmware: string; readonly powerOn: number };
  readonly trip: { readonly name: string; readonly started: string | null };
  readonly container: string;
  readonly wagon: string;
  readonly consignment: string;
  readonly seals: string;
  readonly readings: { readonly at: string; readonly probes: readonly ProbeReading[] } | null;
  readonly saved: readonly {
    readonly at: string;
    readonly generation: number;
    readonly changes: readonly Change[];
  }[];
  /** By names of keys. A secret is only true or false: whether it is set. */
  readonly config: DisplayValues;
  readonly selfTest: {
    readonly at: string;
    readonly verdict: Verdict;
    readonly steps: readonly TestedStep[];
    /** Hexadecimal digits, as docs/console.md has them: CBOR, and HMAC-SHA-256 over it. */
    readonly record: string;
    readonly mac: string;
  } | null;
  readonly log: { readonly at: string; readonly file: string; readonly bytes: number } | null;
}

/** The protocol of a visit. Of the configuration it takes what is in force, nothing that is only typed. */
export function protocolOf(visit: Visit, hello: Hello | undefined, now: number): Protocol {
  const config = visit.draft?.inForce ?? {};
  const text = (name: string): string => String(config[name] ?? '');
  const last = visit.live.at(-1);
  return {
    format: 'coldrail-protocol',
    version: 1,
    made: iso(now),
    who: visit.who,
    tracker: {
      device: hello?.device ?? '',
      firmware: hello?.version ?? '',
      powerOn: hello?.powerOn ?? 0,
    },
    trip: { name: text('trip'), started: visit.trip ? iso(visit.trip.at) : null },
    container: text('container'),
    wagon: text('wagon'),
    consignment: text('consignment'),
    seals: text('seals'),
    readings: last ? { at: iso(last.at), probes: last.probes } : null,
    saved: visit.saves.map(({ at, generation, changes }) => ({ at: iso(at), generation, changes })),
    config: withoutSecrets(config),
    selfTest: visit.selfTest ? { ...visit.selfTest, at: iso(visit.selfTest.at) } : null,
    log: visit.log
      ? { at: iso(visit.log.at), file: visit.log.fileName, bytes: visit.log.image.length }
      : null,
  };
}

/** A tracker tells no secret; one that did would not get it into a file through us. */
function withoutSecrets(config: DisplayValues): DisplayValues {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, specOf(name)?.isSecret ? value === true : value]),
  );
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
