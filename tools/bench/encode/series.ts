/** One reading, at the resolution that every encoding gets. Null is a value that is missing in the file. */
export interface Row {
  /** Seconds since 1970, UTC. */
  readonly timeS: number;
  /** Thousandths of a degree Celsius, a multiple of the step. */
  readonly temperature: number | null;
  /** Thousandths of a percent relative humidity, a multiple of the step. */
  readonly humidity: number | null;
  /** 1e-5 degrees, both or neither. */
  readonly latE5: number | null;
  readonly lonE5: number | null;
}

/** Thousandths of a degree Celsius and of a percent. */
export interface Resolution {
  readonly tempStep: number;
  readonly humidityStep: number;
}

/** The journal's default: 0.1 C and 0.5 %. */
export const COARSE: Resolution = { tempStep: 100, humidityStep: 500 };
/** 0.01 C and 0.1 %. */
export const FINE: Resolution = { tempStep: 10, humidityStep: 100 };

/** At least two readings, in the order of time. */
export interface Series extends Resolution {
  readonly rows: readonly Row[];
  /** Seconds between readings: the median of what the file has, 1 to 65535 as a page header can say it. */
  readonly intervalS: number;
  /** Readings that have a position. */
  readonly positions: number;
}

/** `value` in its unit, in thousandths, at the nearest step; halves go up, as in the firmware. */
export function quantise(value: number, step: number): number {
  return Math.floor((value * 1000) / step + 0.5) * step;
}

export function seriesOf(rows: readonly Row[], { tempStep, humidityStep }: Resolution): Series {
  const gaps = rows.slice(1).map(({ timeS }, i) => timeS - (rows[i] as Row).timeS);
  const median = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 1;
  return {
    rows,
    tempStep,
    humidityStep,
    intervalS: Math.min(Math.max(median, 1), 65535),
    positions: rows.filter(({ latE5 }) => latE5 !== null).length,
  };
}
