import type { Batch } from '../decode/batch.ts';
import type { Reading } from '../decode/reading.ts';
import type { JournalRecord } from '../decode/record.ts';

/** What became of a batch. Readings, kept ones too, and other records are counted alike: one for each seq. */
export interface InsertResult {
  inserted: number;
  /** Held already, with the same content. */
  duplicates: number;
  /** Seqs held already with other content. The stored ones were kept. */
  conflicts: readonly number[];
}

/** The channels that most trackers have are always there: null, without a reason, where this one has none such. */
export interface StoredReading extends Reading {
  supplyC: number | null;
  supplyRh: number | null;
  returnC: number | null;
  /** Milliseconds since 1970; null until an anchor of that power-on has arrived. */
  utcMs: number | null;
  /** `utcMs` is true within so many seconds; null without a time. */
  utcErrorS: number | null;
}

/** Where the collector keeps what devices sent: each record once, by (device, seq). */
export interface Store {
  /**
   * Take a batch in one transaction; when it resolves, the batch survives a power cut. Rejects without any effect. Readings
   * that a KEPT holds are stored under their own seqs, where nothing is stored yet.
   */
  insertBatch(device: string, batch: Pick<Batch, 'readings' | 'records'>): Promise<InsertResult>;
  /** The cumulative ack: the lowest seq that is neither held nor told to be lost; 0 for a device never heard of. */
  nextWanted(device: string): Promise<number>;
  countReadings(device: string): Promise<number>;
  /** All readings of a device by seq. */
  readings(device: string): Promise<StoredReading[]>;
  /** All other records of a device by seq. */
  records(device: string): Promise<JournalRecord[]>;
  /** Every device that sent something, by name. */
  devices(): Promise<string[]>;
  close(): Promise<void>;
}
