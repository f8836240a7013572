import { compressedColumns } from './compressed.ts';
import { deltaVarints } from './differences.ts';
import type { Encoding } from './encoding.ts';
import { messagePack } from './messagepack.ts';
import { objectEncodings } from './objects.ts';
import { flashUse, messages } from './ours.ts';
import { senmlJson } from './senml.ts';
import { senmlCbor } from './senml-cbor.ts';
import type { Series } from './series.ts';

/** What one encoding costs, and what it gives for that. */
export interface Measurement {
  readonly encoding: string;
  /** Readings in a message, or in what is appended at a time. */
  readonly batch: number | 'all';
  /** How many this was measured on: the first ones. */
  readonly readings: number;
  /** Null when the series is too short to tell. */
  readonly bytesPerReading: number | null;
  readonly readBy: string;
  /** Whether the bytes name their fields. */
  readonly selfDescribing: boolean;
  /** Whether a reading stands as soon as it is written, whatever happens to later ones; and with a check of its own. */
  readonly durable: 'checked' | 'unchecked' | 'no';
}

/** Every encoding but ours. */
export const peers: readonly Encoding[] = [
  senmlJson,
  senmlCbor,
  ...objectEncodings,
  messagePack,
  deltaVarints,
  ...compressedColumns,
];

const BATCHES = [1, 12, 48, 288];
/** A session takes a quarter of a millisecond, and a year of readings by the minute has half a million. */
const MOST_SESSIONS = 20_000;

const ours = {
  readBy: 'any CBOR decoder, with docs/journal.md',
  selfDescribing: false,
  durable: 'checked',
} as const;

/** All of it in turn, ours first. `starting` hears what comes next, as a long series takes minutes. */
export function measure(series: Series, starting: (what: string) => void = () => {}): Measurement[] {
  const readings = series.rows.length;
  starting('Coldrail in flash');
  const { programmed, fullPages } = flashUse(series);
  const results: Measurement[] = [
    { encoding: 'Coldrail in flash, programmed', batch: 1, readings, bytesPerReading: programmed, ...ours },
    { encoding: 'Coldrail in flash, full pages', batch: 1, readings, bytesPerReading: fullPages, ...ours },
  ];
  for (const batch of BATCHES) {
    starting(`Coldrail messages, ${batch} a session`);
    const rows = series.rows.slice(0, batch * MOST_SESSIONS);
    let bytes = 0;
    for (const message of messages({ ...series, rows }, batch)) bytes += message.length;
    results.push({
      encoding: 'Coldrail messages, all of a session',
      batch,
      readings: rows.length,
      bytesPerReading: bytes / rows.length,
      ...ours,
    });
  }
  for (const encoding of peers)
    for (const batch of encoding.batches) {
      starting(encoding.name);
      results.push({
        encoding: encoding.name,
        batch: Number.isFinite(batch) ? batch : 'all',
        readings,
        bytesPerReading: bytesOf(encoding, batch, series) / readings,
        readBy: encoding.readBy,
        selfDescribing: encoding.selfDescribing,
        durable: batch === 1 ? 'unchecked' : 'no',
      });
    }
  return results;
}

function bytesOf(encoding: Encoding, batch: number, series: Series): number {
  const { rows } = series;
  let bytes = 0;
  for (let from = 0; from < rows.length; from += batch)
    bytes += encoding.encode(rows.slice(from, from + batch), series).length;
  return bytes;
}
