import type { Row, Series } from './series.ts';

/** A way to put readings into bytes, and what a reader of them needs. */
export interface Encoding {
  readonly name: string;
  /** Readings in a message; Infinity is the whole series in one. */
  readonly batches: readonly number[];
  /** What makes sense of the bytes. */
  readonly readBy: string;
  /** Whether the bytes name their fields, so that any decoder of the container shows what they mean. */
  readonly selfDescribing: boolean;
  /** One message with `rows`, some or all of those of `series`. */
  encode(rows: readonly Row[], series: Series): Uint8Array;
}

/** A value in thousandths of its unit, in its unit: the double nearest to the decimal. */
export function inUnit(thousandths: number | null): number | null {
  return thousandths === null ? null : thousandths / 1000;
}

/** In bases and headers: the id of the tracker, as long here as there. */
export const DEVICE = 'bench-0001';
