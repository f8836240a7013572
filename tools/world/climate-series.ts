export interface ClimateRow {
  /** UTC, milliseconds since 1970. */
  readonly timeMs: number;
  readonly celsius: number;
  readonly humidityPct: number;
}

/** A recorded climate that is played from its first row, and from there again when the ride outlasts it. */
export class ClimateSeries {
  /** Typical time between two rows: the median, s. */
  readonly spacingS: number;
  /** Number of rows. */
  readonly rows: number;
  /** Length of one lap, s: the last row stands for one spacing. */
  readonly lapS: number;
  readonly #rows: readonly ClimateRow[];
  readonly #startMs: number;

  /** @param rows at least two, in growing time. */
  constructor(rows: readonly ClimateRow[]) {
    const times = rows.map((row) => row.timeMs);
    const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
    this.spacingS = (gaps.toSorted((a, b) => a - b)[gaps.length >> 1] as number) / 1000;
    this.rows = rows.length;
    this.#rows = rows;
    this.#startMs = times[0] as number;
    this.lapS = ((times.at(-1) as number) - this.#startMs) / 1000 + this.spacingS;
  }

  /** Step and hold: the last row at or before. `row` counts from 0. */
  at(secondsSinceStart: number): { celsius: number; humidityPct: number; row: number } {
    const timeMs = this.#startMs + (secondsSinceStart % this.lapS) * 1000;
    let row = 0;
    let above = this.rows;
    while (above - row > 1) {
      const middle = (row + above) >> 1;
      if ((this.#rows[middle] as ClimateRow).timeMs <= timeMs) row = middle;
      else above = middle;
    }
    const { celsius, humidityPct } = this.#rows[row] as ClimateRow;
    return { celsius, humidityPct, row };
  }

  /** How often the series begins in that many seconds; 1 means that it never repeats. */
  laps(seconds: number): number {
    return Math.max(1, Math.ceil(seconds / this.lapS));
  }
}
