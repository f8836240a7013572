import type { StoredReading as Row } from '../collect/store.ts';
import type { JournalRecord } from '../decode/record.ts';
import { batteryOf, findBattery } from '../sim/batteries.ts';
import { HOUR_US } from '../sim/kernel.ts';
import type { Scenario } from '../world/scenario.ts';
import type { World } from '../world/world.ts';
import { audit } from './audit.ts';
import { type Delivery, gapsBetween, longestGapHours } from './deliveries.ts';
import { energySummary } from './energy-summary.ts';
import { type HarmAccount, harmAccount } from './harm.ts';
import type { SimulatedRide } from './journey-sim.ts';
import { JOURNAL_AT } from './journey-sim.ts';
import type { RideOptions } from './options.ts';
import type { ReadingPoint, RideResult, Summary, TrackPoint } from './result.ts';
import { toldAlarms } from './told-alarms.ts';

const PAGE_SIZE = 4096;

interface Ridden {
  readonly options: RideOptions;
  readonly scenario: Scenario;
  readonly world: World;
  readonly sim: SimulatedRide;
  readonly rows: readonly Row[];
  /** All records in the database that are no readings. */
  readonly records: readonly JournalRecord[];
  /** Rows when the planned days were over. */
  readonly delivered: number;
  readonly deliveries: readonly Delivery[];
  readonly duplicates: number;
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}

/** Flash as the chip counted it: every byte that the journal programmed, headers, keys, checks and events included. */
function flashFigures({ sim }: Ridden): Summary['flash'] {
  const { flash } = sim.hardware;
  let pagesUsed = 0;
  for (let at = JOURNAL_AT; at < flash.cells.length; at += PAGE_SIZE)
    if (flash.cells[at] !== 0xff) pagesUsed++;
  return {
    bytesPerReading: round(flash.bytesProgrammed / Math.max(1, sim.witness.stored.size), 2),
    pagesUsed,
    erases: flash.erases,
  };
}

function summarise(ridden: Ridden, coldestC: number, harm: HarmAccount): Summary {
  const { options, scenario, sim, rows } = ridden;
  const { lost, invented } = audit(sim.witness, rows);
  return {
    scenario: scenario.name,
    seed: options.seed,
    board: options.board,
    days: round(sim.kernel.nowUs / HOUR_US / 24, 2),
    samples: sim.witness.samples.length,
    stored: sim.witness.stored.size,
    delivered: ridden.delivered,
    inDatabase: rows.length,
    lost: lost.length,
    invented: invented.length + sim.witness.unexplained,
    duplicatesDropped: ridden.duplicates,
    longestGapHours: longestGapHours(ridden.deliveries, sim.kernel.nowUs),
    sessions: sim.wire.streams,
    bytesOnAirUp: sim.traffic.up,
    bytesOnAirDown: sim.traffic.down,
    bytesPerReadingOnAir: round((sim.traffic.up + sim.traffic.down) / Math.max(1, rows.length), 2),
    flash: flashFigures(ridden),
    wakes: sim.tracker.wakes,
    modelledMilliampHours: round(sim.energy.milliampHours(), 1),
    energy: energySummary(sim.energy.byState(), {
      days: sim.kernel.nowUs / HOUR_US / 24,
      battery: options.battery === undefined ? batteryOf(options.board) : findBattery(options.battery),
      coldestC,
      leftShare: sim.supply?.battery.left(coldestC),
    }),
    alarms: { raised: harm.alarms.length, false: harm.falseAlarms.length },
    radio: sim.ledger.rows(),
  };
}

/** The chart shows what the database holds, at the hour at which the world took it. */
function points({ sim, rows }: Ridden): ReadingPoint[] {
  return rows.flatMap(({ seq, supplyC, supplyRh, returnC }) => {
    const stored = sim.witness.stored.get(seq);
    return stored ? [{ hour: stored.sample.atUs / HOUR_US, supplyC, supplyRh, returnC }] : [];
  });
}

/** Draw the conclusions of a ride: summary.json, and what the report shows. */
export function conclude(ridden: Ridden): RideResult {
  const { scenario, world, sim, deliveries } = ridden;
  const hours = sim.kernel.nowUs / HOUR_US;
  const harm = harmAccount(world.truth(hours), toldAlarms(ridden.records, sim.witness.stored), {
    departure: scenario.departure,
    intervalS: ridden.options.intervalS,
  });
  const track: TrackPoint[] = [];
  const ambient: RideResult['ambient'] = [];
  for (let hour = 0; hour <= hours; hour += 0.5) {
    track.push(world.trackAt(hour));
    ambient.push({ hour, celsius: world.ambientC(hour) });
  }
  return {
    summary: summarise(ridden, Math.min(...ambient.map(({ celsius }) => celsius)), harm),
    departure: scenario.departure,
    title: scenario.title,
    track,
    readings: points(ridden),
    ambient,
    gaps: gapsBetween(deliveries, sim.kernel.nowUs, [...sim.witness.stored.values()], (from, to) =>
      world.gapReason(from, to),
    ),
    stops: world.stops(),
    harm,
  };
}
