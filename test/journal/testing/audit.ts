import type { Found } from './read-back.ts';
import { type Entry, firstAt, type Witness } from './witness.ts';

/** Records that the journal writes of its own accord. */
const OWN = /^(TIME|KEPT|INTERVAL|JUDGED.*|LOST \d+ \d+|FAULT [123] \d+)$/;

function agrees(found: Found, entry: Entry): boolean {
  const late = found.monoS - entry.uptimeS;
  return found.content === entry.content && found.powerOn === entry.powerOn && !(late < -1 || late > 1);
}

/** The first reading in a KEPT that is not as it was appended, in words; null when there is none. */
function keptWrong(witness: Witness, item: Found, renumbered = false): string | null {
  for (const kept of item.kept ?? []) {
    const entry = witness.recall(kept.seq);
    if (renumbered && witness.entries.some((other) => agrees(kept, other))) continue;
    // An append that a power cut did not let return may be there all the same, and be kept.
    if (witness.cut.some((cut) => agrees(kept, cut))) continue;
    if (!entry || !agrees(kept, entry))
      return `kept, but not so: ${kept.seq} ${kept.content} at ${kept.monoS}`;
  }
  return null;
}

/**
 * The first of `found` that nobody appended, in words; null when there is none. `renumbered`: where the newest page is gone
 * without a trace its numbers are given again, so that only content and time tell.
 */
export function stranger(witness: Witness, found: readonly Found[], renumbered = false): string | null {
  const { entries } = witness;
  for (const item of found) {
    const entry = entries[firstAt(entries, item.seq)];
    const taken = entry?.seq === item.seq;
    if (entry && taken && agrees(item, entry)) continue;
    const wrong = keptWrong(witness, item, renumbered);
    if (wrong) return wrong;
    const own = OWN.test(item.content) && (!taken || renumbered);
    // What has rotted may pass for a record that is no reading.
    if (renumbered && item.content === 'UNKNOWN') continue;
    if (own || witness.cut.some((cut) => agrees(item, cut))) continue;
    if (renumbered && entries.some((other) => agrees(item, other))) continue;
    return `invented: ${item.seq} ${item.content} at ${item.monoS}`;
  }
  return null;
}

/** The entries that a block was found to hold, in their order. */
interface Agreement {
  readonly first: Entry;
  readonly last: Entry;
  readonly count: number;
}

/** A test of many cuts meets the same blocks and entries again and again. */
const agreements = new WeakMap<readonly Found[], Agreement>();

/**
 * Compare what stands in flash, block by block, with what the witness saw, and say in words what is wrong: the first
 * thing that was lost, invented, changed or out of order; null when nothing is. A record whose append did not return may
 * be there or not.
 */
export function audit(witness: Witness, blocks: readonly (readonly Found[])[]): string | null {
  const { entries } = witness;
  let next = 0;
  let lastSeq = -1;
  /** The first entry below `seq` that is missing; `next` goes on to `seq`. */
  const missing = (seq: number): Entry | undefined => {
    for (; next < entries.length && (entries[next] as Entry).seq < seq; next++) {
      if (isHeld(entries[next] as Entry, witness)) return entries[next];
    }
    return undefined;
  };
  for (const block of blocks) {
    const known = agreements.get(block);
    let whole = true;
    let first = -1;
    for (const item of block) {
      if (item.seq <= lastSeq) return `out of order: ${item.content} is ${item.seq} behind ${lastSeq}`;
      lastSeq = item.seq;
      const wrong = keptWrong(witness, item);
      if (wrong) return wrong;
      const lost = missing(item.seq);
      if (lost) return `lost: ${lost.seq} ${lost.content}, page ${lost.page}`;
      const entry = entries[next];
      if (entry?.seq === item.seq) {
        if (known?.first === entry && entries[next + known.count - 1] === known.last) {
          next += known.count;
          lastSeq = (block.at(-1) as Found).seq;
          break;
        }
        if (!agrees(item, entry))
          return `changed: ${entry.seq} ${entry.content} is ${item.content} at ${item.monoS}`;
        if (first < 0) first = next;
        next++;
      } else if (!OWN.test(item.content)) {
        if (!witness.cut.some((cut) => agrees(item, cut)))
          return `invented: ${item.seq} ${item.content} at ${item.monoS}`;
        whole = false;
      }
    }
    if (whole && first >= 0) {
      agreements.set(block, {
        first: entries[first] as Entry,
        last: entries[next - 1] as Entry,
        count: next - first,
      });
    }
  }
  const lost = missing(Number.POSITIVE_INFINITY);
  return lost ? `lost: ${lost.seq} ${lost.content}, page ${lost.page}` : null;
}

/** An entry may be gone only when the page that it stood on has been erased since. */
function isHeld(entry: Entry, { flash }: Witness): boolean {
  return flash.erasesOf[entry.page] === entry.erases;
}
