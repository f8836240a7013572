import type { SqlValue } from './rows.ts';

/** Sorts what comes in into new, known and contradicting. */
export class Sorter {
  readonly result = { inserted: 0, duplicates: 0, conflicts: [] as number[] };
  readonly #stored: Map<number, string>;

  constructor(stored: Map<number, string>) {
    this.#stored = stored;
  }

  /** True for what nothing is stored for yet; whatever else it would be is not counted. */
  isFirst(seq: number, columns: readonly SqlValue[]): boolean {
    return !this.#stored.has(seq) && this.isNew(seq, columns);
  }

  isNew(seq: number, columns: readonly SqlValue[]): boolean {
    const content = fingerprint(columns);
    const known = this.#stored.get(seq);
    if (known === content) this.result.duplicates++;
    else if (known !== undefined) this.result.conflicts.push(seq);
    else {
      this.#stored.set(seq, content);
      this.result.inserted++;
      return true;
    }
    return false;
  }
}

/** Equal for equal content, whichever table it came from. */
export function fingerprint(columns: readonly SqlValue[]): string {
  return JSON.stringify(columns);
}

/** Runs of consecutive numbers as [first, last], from numbers in ascending order. */
export function runsOf(ascending: readonly number[]): [first: number, last: number][] {
  const runs: [number, number][] = [];
  for (const number of ascending) {
    const run = runs.at(-1);
    if (run && number <= run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}
