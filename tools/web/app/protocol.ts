import type { DisplayValues } from '../../console/display.ts';
import { specOf } from '../../console/display.ts';
import type { Hello } from '../../console/hello.ts';
import type { InstallationRecord } from '../../console/selftest.ts';
import type { ProbeReading } from './reading.ts';
import type { TestedStep, Verdict } from './self-test.ts';
import type { Change, Visit } from './visit.ts';

/**
 * What was done at a tracker, for whoever asks later. It begins as the file of `coldrail selftest --record` does, so that
 * `coldrail record` proves it; `record` is empty where nothing was tested. Moments are ISO 8601, UTC, by the computer of
 * the technician.
 */
export interface Protocol extends InstallationRecord {
  readonly firmware: string;
  readonly powerOn: number;
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
  } | null;
  readonly log: { readonly at: string; readonly file: string; readonly bytes: number } | null;
}

/** The protocol of a visit. Of the configuration it takes what is in force, nothing that is only typed. */
export function protocolOf(visit: Visit, hello: Hello | undefined, now: number): Protocol {
  const config = visit.draft?.inForce ?? {};
  const text = (name: string): string => String(config[name] ?? '');
  const last = visit.live.at(-1);
  const { selfTest } = visit;
  return {
    format: 1,
    device: hello?.device ?? '',
    record: selfTest?.record ?? '',
    mac: selfTest?.mac ?? '',
    by: visit.who,
    at: iso(now),
    firmware: hello?.version ?? '',
    powerOn: hello?.powerOn ?? 0,
    trip: { name: text('trip'), started: visit.trip ? iso(visit.trip.at) : null },
    container: text('container'),
    wagon: text('wagon'),
    consignment: text('consignment'),
    seals: text('seals'),
    readings: last ? { at: iso(last.at), probes: last.probes } : null,
    saved: visit.saves.map(({ at, generation, changes }) => ({ at: iso(at), generation, changes })),
    config: withoutSecrets(config),
    selfTest: selfTest ? { at: iso(selfTest.at), verdict: selfTest.verdict, steps: selfTest.steps } : null,
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
