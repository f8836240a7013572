/** A value over time; null where the device had none. */
export interface Sample {
  hour: number;
  value: number | null;
}

export interface Known extends Sample {
  value: number;
}

/**
 * The stretches in which the series has every value. A null ends a stretch, and so does a step of more than three
 * times the usual one: a line over it would show values that nobody measured.
 */
export function stretches(samples: readonly Sample[]): Known[][] {
  const longestStep = 3 * usualStep(samples);
  const found: Known[][] = [];
  let current: Known[] = [];
  let before: number | undefined;
  for (const { hour, value } of samples) {
    const stepped = before !== undefined && hour - before > longestStep;
    before = hour;
    if ((value === null || stepped) && current.length > 0) {
      found.push(current);
      current = [];
    }
    if (value !== null) current.push({ hour, value });
  }
  if (current.length > 0) found.push(current);
  return found;
}

/**
 * The points that a line needs to look the same in columns of `columnHours`: the first, the lowest, the highest and the
 * last of each, in time order. An excursion of one sample is the highest or lowest of its column, so it stays.
 */
export function decimate(points: readonly Known[], columnHours: number): Known[] {
  const kept: Known[] = [];
  let column: Column | undefined;
  for (const point of points) {
    const index = Math.floor(point.hour / columnHours);
    if (column?.index === index) {
      if (point.value < column.low.value) column.low = point;
      if (point.value > column.high.value) column.high = point;
      column.last = point;
    } else {
      kept.push(...pointsOf(column));
      column = { index, first: point, low: point, high: point, last: point };
    }
  }
  kept.push(...pointsOf(column));
  return kept;
}

interface Column {
  index: number;
  first: Known;
  low: Known;
  high: Known;
  last: Known;
}

function pointsOf(column: Column | undefined): Known[] {
  if (column === undefined) return [];
  const { first, low, high, last } = column;
  return [...new Set(low.hour <= high.hour ? [first, low, high, last] : [first, high, low, last])];
}

/** The median step, hours; infinite when there is none. */
function usualStep(samples: readonly Sample[]): number {
  const steps = samples.slice(1).map((sample, index) => sample.hour - (samples[index]?.hour ?? 0));
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? Number.POSITIVE_INFINITY;
}
