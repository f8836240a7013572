import type { Found } from './read-back.ts';
import type { Entry, Witness } from './witness.ts';

/** Records that the journal writes of its own accord. */
const OWN = /^(TIME|LOST \d+ \d+|FAULT [123] \d+)$/;

function agrees(found: Found, entry: Entry): boolean {
  const late = found.monoS - entry.uptimeS;
  return found.content === entry.content && found.powerOn === entry.powerOn && !(late < -1 || late > 1);
}

/**
 * Compare what stands in flash with what the witness saw, and say in words what is wrong: the first thing that was lost,
 * invented, or out of order; null when nothing is. A record whose append did not return may be there or not.
 */
export function audit(witness: Witness, found: Iterable<Found>): string | null {
  let next = 0;
  const entries = witness.entries;
  let lastSeq = -1;
  for (const item of found) {
    if (item.seq <= lastSeq) return `out of order: ${item.content} is ${item.seq} behind ${lastSeq}`;
    lastSeq = item.seq;
    for (; next < entries.length && (entries[next] as Entry).seq < item.seq; next++) {
      const missed = complaintAbout(entries[next] as Entry, witness);
      if (missed) return missed;
    }
    const entry = entries[next];
    if (entry?.seq === item.seq) {
      if (!agrees(item, entry)) return `changed: ${entry.seq} was ${entry.content}, is ${item.content} at ${item.monoS}`;
      next++;
    } else if (!OWN.test(item.content) && !witness.cut.some((cut) => agrees(item, cut))) {
      return `invented: ${item.seq} ${item.content} at ${item.monoS}`;
    }
  }
  for (; next < entries.length; next++) {
    const missed = complaintAbout(entries[next] as Entry, witness);
    if (missed) return missed;
  }
  return null;
}

function complaintAbout(entry: Entry, { flash }: Witness): string | null {
  const overwritten = flash.erasesOf[entry.page] !== entry.erases;
  return overwritten ? null : `lost: ${entry.seq} ${entry.content}, page ${entry.page}`;
}
