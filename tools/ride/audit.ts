import type { StoredReading as Row } from '../collect/store.ts';
import type { Sample, Witness } from './witness.ts';

/** Steps that readings are declared at: thousandths of a degree and of a percent. */
export interface DeclaredSteps {
  readonly tempMilliC: number;
  readonly humidityMilliPct: number;
}

export const DECLARED_STEPS: DeclaredSteps = {
  tempMilliC: 100,
  humidityMilliPct: 500,
};

/** The nearest step, halves up, in units. */
export function toStep(milli: number, stepMilli: number): number {
  return (Math.floor(milli / stepMilli + 0.5) * stepMilli) / 1000;
}

export interface Audit {
  readonly lost: number[];
  /** Seqs in the database that no sensor stands behind, or with another value. */
  readonly invented: number[];
}

function agrees(row: Row, sample: Sample, steps: DeclaredSteps): boolean {
  const returnC = sample.returnMilliC === null ? null : toStep(sample.returnMilliC, steps.tempMilliC);
  return (
    row.supplyC === toStep(sample.supplyMilliC, steps.tempMilliC) &&
    row.supplyRh === toStep(sample.supplyMilliPct, steps.humidityMilliPct) &&
    row.returnC === returnC
  );
}

/** Hold the database against what left the sensors and what stood in flash. */
export function audit(witness: Witness, rows: readonly Row[], steps = DECLARED_STEPS): Audit {
  const held = new Set(rows.map(({ seq }) => seq));
  const lost = [...witness.stored.keys()].filter((seq) => !held.has(seq));
  const invented = rows
    .filter((row) => {
      const stored = witness.stored.get(row.seq);
      return !stored || !agrees(row, stored.sample, steps);
    })
    .map(({ seq }) => seq);
  return { lost, invented };
}
