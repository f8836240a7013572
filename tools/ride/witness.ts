import { BLOCK_BYTES, dataBlocks, walkDataBlock } from '../decode/page.ts';
import { readPageHeader } from '../decode/page-header.ts';
import { convertReadout, type SensorReadout } from '../sim/chips/sht4x.ts';

const PAGE_SIZE = 4096;

/** One reading as it left the sensors. */
export interface Sample {
  /** When the supply sensor converted, microseconds since departure. */
  readonly atUs: number;
  supplyMilliC: number;
  supplyMilliPct: number;
  returnMilliC: number | null;
}

/** A reading found in flash, and the sample that it came from. */
export interface StoredReading {
  readonly sample: Sample;
  readonly seq: number;
}

/**
 * Watches the chips and the flash from outside the firmware. A sample is what a sensor handed out; a stored reading is
 * one that the host's own decoder finds whole in the cells. Neither counts anything that the firmware says.
 */
export class Witness {
  readonly samples: Sample[] = [];
  readonly stored = new Map<number, StoredReading>();
  /** Readings in flash for which no sensor was read: a firmware that makes things up. */
  unexplained = 0;
  /** Flash bytes that the journal used for records, checks and headers, whatever they hold. */
  readonly #cells: Uint8Array;
  readonly #journalAt: number;
  #seen: Uint8Array;
  /** Samples since the last look. */
  #fresh: Sample[] = [];

  /** `cells` are those of the raw flash region; the journal's pages start at `journalAt`. */
  constructor(cells: Uint8Array, journalAt: number) {
    this.#cells = cells;
    this.#journalAt = journalAt;
    this.#seen = cells.slice();
  }

  supplyRead(readout: SensorReadout): void {
    const { tempMilliC, humidityMilliPct } = convertReadout(readout);
    const sample: Sample = {
      atUs: readout.atUs,
      supplyMilliC: tempMilliC,
      supplyMilliPct: humidityMilliPct,
      returnMilliC: null,
    };
    this.samples.push(sample);
    this.#fresh.push(sample);
  }

  returnRead(readout: SensorReadout): void {
    const sample = this.#fresh.at(-1);
    if (sample) sample.returnMilliC = convertReadout(readout).tempMilliC;
  }

  /** Look at the blocks that have changed since the last look. To be called whenever the board stops. */
  look(): void {
    const waiting = this.#fresh.splice(0);
    const seqs: number[] = [];
    for (let at = this.#journalAt; at < this.#cells.length; at += PAGE_SIZE) {
      if (this.#isUnchanged(at, PAGE_SIZE)) continue;
      seqs.push(...this.#readingsInChanged(at));
      this.#seen.set(this.#cells.subarray(at, at + PAGE_SIZE), at);
    }
    for (const seq of seqs.sort((a, b) => a - b)) {
      if (this.stored.has(seq)) continue;
      const sample = waiting.shift();
      if (sample) this.stored.set(seq, { sample, seq });
      else this.unexplained++;
    }
  }

  #isUnchanged(at: number, length: number): boolean {
    const now = this.#cells.subarray(at, at + length);
    return Buffer.compare(now, this.#seen.subarray(at, at + length)) === 0;
  }

  /** Seqs of the readings in the blocks of a page that have changed. What a KEPT holds was seen on its first page. */
  #readingsInChanged(at: number): number[] {
    const page = this.#cells.subarray(at, at + PAGE_SIZE);
    const header = readPageHeader(page, 0);
    if (typeof header === 'string') return [];
    const changed = dataBlocks(page).filter(
      (block) => !this.#isUnchanged(at + block * BLOCK_BYTES, BLOCK_BYTES),
    );
    return changed.flatMap((block) => {
      const { block: found } = walkDataBlock(page, block, header);
      return found ? found.readings.map(({ seq }) => seq) : [];
    });
  }
}
