const DAY_MIN = 1440;

/** Rows of numbers, one a minute, kept for good. Each day is a block of its own, so that growing copies nothing. */
export class Tape {
  readonly #width: number;
  readonly #days: Float32Array[] = [];
  #minutes = 0;

  /** @param width numbers in a row. */
  constructor(width: number) {
    this.#width = width;
  }

  push(row: readonly number[]): void {
    const inDay = this.#minutes % DAY_MIN;
    if (inDay === 0) this.#days.push(new Float32Array(this.#width * DAY_MIN));
    this.#days.at(-1)?.set(row, inDay * this.#width);
    this.#minutes++;
  }

  /** @param minute one that has been pushed, from 0. */
  at(minute: number): Float32Array {
    const start = (minute % DAY_MIN) * this.#width;
    return (this.#days[Math.floor(minute / DAY_MIN)] as Float32Array).subarray(start, start + this.#width);
  }
}
