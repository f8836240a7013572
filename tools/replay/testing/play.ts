import { readFileSync } from 'node:fs';
import type { Decision } from '../decision.ts';
import { profiles } from '../profiles.ts';
import { itemsOf } from '../read-file.ts';
import { type Replay, replay } from '../replay.ts';
import { type TargetOptions, targetOf } from '../target.ts';
import type { Item } from '../transcript.ts';

export interface PlayOptions extends TargetOptions {
  readonly profile?: string;
  readonly rail?: boolean;
  readonly assumeOk?: boolean;
}

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../transcripts/${name}`, import.meta.url));
}

/** Play items, or a fixture. */
export async function play(from: string | readonly Item[], options: PlayOptions = {}): Promise<Replay> {
  const { profile = 'sim7080', rail, assumeOk = false, ...target } = options;
  const named = profiles[profile];
  const items = typeof from === 'string' ? itemsOf(fixture(from), from) : from;
  return replay(items, {
    profile: named.profile,
    rail: rail ?? named.rail,
    assumeOk,
    target: targetOf(target, named.profile),
  });
}

/** The decisions of one kind. */
export function of<Kind extends Decision['kind']>(
  { decisions }: Replay,
  kind: Kind,
): Extract<Decision, { kind: Kind }>[] {
  return decisions.filter(
    (decision): decision is Extract<Decision, { kind: Kind }> => decision.kind === kind,
  );
}

/** What the tracker wrote, as text. */
export function written(result: Replay): string[] {
  return of(result, 'wrote').map(({ text }) => text);
}
