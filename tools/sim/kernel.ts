/**
 * Virtual time. Everything in a simulated world happens as an event at a microsecond; between events no time
 * passes, and nothing here reads the host's clock.
 *
 * Order: by time, then by rank (the world before the device, so that a byte which arrives at the same microsecond
 * as a firmware timer is there when the timer runs), then by the order of scheduling. The same seed therefore gives
 * the same order, whichever engine runs the firmware.
 */

/** Microseconds in an hour of virtual time. */
export const HOUR_US = 3_600_000_000;

export type Rank = 0 | 1;
export const WORLD: Rank = 0;
export const DEVICE: Rank = 1;

export interface Timer {
  readonly atUs: number;
  cancelled: boolean;
}

interface Entry extends Timer {
  readonly rank: Rank;
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

export class Kernel {
  #nowUs = 0;
  #order = 0;
  #heap: Entry[] = [];
  #holds: Promise<unknown>[] = [];

  /** Microseconds since the simulation began. Always an integer. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** Run `run` at an absolute virtual time; a time in the past means now. */
  at(atUs: number, run: () => void | Promise<void>, rank: Rank = WORLD): Timer {
    const entry: Entry = {
      atUs: Math.max(this.#nowUs, Math.ceil(atUs)),
      rank,
      order: this.#order++,
      run,
      cancelled: false,
    };
    push(this.#heap, entry);
    return entry;
  }

  after(delayUs: number, run: () => void | Promise<void>, rank: Rank = WORLD): Timer {
    return this.at(this.#nowUs + delayUs, run, rank);
  }

  cancel(timer: Timer | undefined): void {
    if (timer) timer.cancelled = true;
  }

  /** Real I/O that must settle before virtual time moves on, such as a broker's answer over a real socket. */
  hold(work: Promise<unknown>): void {
    this.#holds.push(work);
  }

  /** Run every event up to and including `untilUs`, then set the clock there. */
  async run(untilUs: number): Promise<void> {
    for (;;) {
      while (this.#holds.length > 0) await Promise.all(this.#holds.splice(0));
      const next = this.#heap[0];
      if (!next || next.atUs > untilUs) break;
      pop(this.#heap);
      if (next.cancelled) continue;
      this.#nowUs = next.atUs;
      const pending = next.run();
      if (pending) await pending;
    }
    this.#nowUs = Math.max(this.#nowUs, untilUs);
  }
}

function before(a: Entry, b: Entry): boolean {
  if (a.atUs !== b.atUs) return a.atUs < b.atUs;
  if (a.rank !== b.rank) return a.rank < b.rank;
  return a.order < b.order;
}

function push(heap: Entry[], entry: Entry): void {
  let child = heap.push(entry) - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    const above = heap[parent] as Entry;
    if (!before(entry, above)) break;
    heap[child] = above;
    child = parent;
  }
  heap[child] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop() as Entry;
  if (heap.length === 0) return;
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++;
    const below = heap[child] as Entry;
    if (!before(below, last)) break;
    heap[hole] = below;
    hole = child;
  }
  heap[hole] = last;
}
