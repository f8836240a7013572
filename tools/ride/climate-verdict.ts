import type { StoredReading as Row } from '../collect/store.ts';
import type { ClimateSeries } from '../world/climate-series.ts';
import { DECLARED_STEPS, toStep } from './audit.ts';
import type { Witness } from './witness.ts';

/** One count of an SHT4x, thousandths of a degree and of a percent: what the chip itself cannot resolve. */
const CHIP_MILLI_C = 175_000 / 65_535;
const CHIP_MILLI_PCT = 125_000 / 65_535;

export interface ClimateVerdict {
  /** Rows of the database, those whose temperature and humidity are the file's value at the declared step, and others. */
  readonly rows: number;
  readonly agreed: number;
  /** Of the agreed ones, those within one count of the sensor of the edge between two steps, which took the neighbour. */
  readonly onAnEdge: number;
  /** Times that the series was begun, more than 1 when the ride was longer than the file. */
  readonly laps: number;
}

type Agreement = 'exact' | 'edge' | 'no';

function agreement(stored: number | null, file: number, stepMilli: number, chipMilli: number): Agreement {
  const milli = file * 1000;
  // 21.05 is 21049.999... in binary; the file's decimal is what counts.
  const exact = Math.round(milli * 1000) / 1000;
  if (stored === toStep(exact, stepMilli)) return 'exact';
  return stored === toStep(exact + chipMilli, stepMilli) ? 'edge' : 'no';
}

/** Hold each row of the database against the file's value at the instant at which the sensor was read. */
export function compareWithSeries(
  series: ClimateSeries,
  witness: Witness,
  rows: readonly Row[],
): ClimateVerdict {
  let agreed = 0;
  let onAnEdge = 0;
  let lastS = 0;
  for (const row of rows) {
    const stored = witness.stored.get(row.seq);
    if (!stored) continue;
    lastS = stored.sample.atUs / 1e6;
    const { celsius, humidityPct } = series.at(lastS);
    const verdicts = [
      agreement(row.supplyC, celsius, DECLARED_STEPS.tempMilliC, CHIP_MILLI_C),
      agreement(row.supplyRh, humidityPct, DECLARED_STEPS.humidityMilliPct, CHIP_MILLI_PCT),
    ];
    if (verdicts.includes('no')) continue;
    agreed++;
    if (verdicts.includes('edge')) onAnEdge++;
  }
  return { rows: rows.length, agreed, onAnEdge, laps: series.laps(lastS) };
}
