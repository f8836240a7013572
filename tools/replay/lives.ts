import type { Expect, Item } from './transcript.ts';

/** Something that the tracker writes, and what the modem does then. */
export interface Block {
  readonly expect: Expect;
  readonly items: readonly Item[];
}

/** A modem from its start to where it is gone. */
export interface Life {
  /** What it says before anything is asked. */
  readonly boot: readonly Item[];
  readonly blocks: readonly Block[];
}

/** A transcript cut behind each `close`. One that begins with `close` is of a modem that is off. */
export function livesOf(items: readonly Item[]): Life[] {
  const lives: Life[] = [];
  let boot: Item[] = [];
  let blocks: { expect: Expect; items: Item[] }[] = [];
  for (const item of items) {
    if (item.kind === 'expect') blocks.push({ expect: item, items: [] });
    else (blocks.at(-1)?.items ?? boot).push(item);
    if (item.kind !== 'close') continue;
    lives.push({ boot, blocks });
    boot = [];
    blocks = [];
  }
  if (boot.length > 0 || blocks.length > 0) lives.push({ boot, blocks });
  return lives;
}
