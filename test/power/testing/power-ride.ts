/** Rides on which nothing matters but power: one road of known temperatures, a battery, and what the journal says of it. */
import type { Config } from '../../../firmware/config/schema.ts';
import { bundleBoard } from '../../../tools/build/bundle.ts';
import { decodeJournalImage } from '../../../tools/decode/image.ts';
import type { JournalRecord, RecordBody } from '../../../tools/decode/record.ts';
import { audit } from '../../../tools/ride/audit.ts';
import { JOURNAL_AT } from '../../../tools/ride/journey-sim.ts';
import { openStage, type Stage } from '../../../tools/ride/stage.ts';
import type { RadioTechnology } from '../../../tools/sim/chips/radio.ts';
import { HOUR_US } from '../../../tools/sim/kernel.ts';
import { VmEngine } from '../../../tools/sim/vm/engine.ts';
import type { Corridor } from '../../../tools/world/corridor.ts';
import { loadCorridor } from '../../../tools/world/load-corridor.ts';
import { findScenario } from '../../../tools/world/scenario.ts';

export interface PowerRideOptions {
  readonly board?: string;
  readonly hours: number;
  /** Pairs of hour and outside air in degrees, straight in between and flat beyond. */
  readonly airC: readonly (readonly [number, number])[];
  readonly battery?: string;
  readonly chargePct: number;
  readonly mains?: boolean;
  /** Hours during which the reefer's socket is dead. */
  readonly deadSocket?: readonly (readonly [from: number, to: number])[];
  readonly config?: Partial<Config>;
  /** The only networks; NB-IoT if not said. */
  readonly technologies?: readonly RadioTechnology[];
  /** Told each quarter of an hour. */
  readonly each?: (hour: number, stage: Stage) => void;
}

/** A record, and when the reading behind it was taken, hours since departure; infinite where none is. */
export type Told<Kind extends RecordBody['kind']> = Extract<JournalRecord, { kind: Kind }> & { hour: number };

export interface PowerRide {
  readonly stage: Stage;
  /** Of a kind, in their order. */
  told<Kind extends RecordBody['kind']>(kind: Kind): Told<Kind>[];
  /** Of each stored reading, in their order. */
  readonly readingHours: readonly number[];
  /** Numbers of stored readings that neither flash nor the database holds, or that the database does not. */
  readonly lost: { readonly altogether: readonly number[]; readonly onTheWay: readonly number[] };
  /** Readings that no sensor stands behind. */
  readonly invented: number;
}

/** A kilometre an hour away from the first station, with a network everywhere. */
function road(options: PowerRideOptions): Corridor {
  const corridor = loadCorridor();
  const [first, last] = [corridor.stations[0], corridor.stations.at(-1)];
  if (!first || !last) throw new Error('the corridor has no stations');
  const technologies = options.technologies ?? ['NB-IoT'];
  const [country = ''] = corridor.zones.map((zone) => zone.country);
  return {
    ...corridor,
    stations: [{ ...first, dwellHours: 0, speedKmhToNext: 1 }, last],
    simProfiles: [{ name: 'any', networks: [{ country, operator: 'any', mnc: '04', technologies }] }],
    holes: [],
    events: [],
    climate: {
      ...corridor.climate,
      weather: { swingK: 0, periodHours: 36 },
      points: options.airC.map(([km, celsius]) => {
        const always = { low: celsius, mean: celsius, high: celsius };
        return { km, january: always, july: always };
      }),
    },
  };
}

/** Ride for so many hours. The caller closes `stage.office`. */
export async function powerRide(options: PowerRideOptions): Promise<PowerRide> {
  const { board = 't-sim7080g-s3', battery = 'liion-18650', chargePct, mains, hours } = options;
  const bundle = await bundleBoard(board);
  const stage = await openStage({
    scenario: {
      ...findScenario('hanoi-duisburg'),
      simProfile: 'any',
      events: (options.deadSocket ?? []).map(([from, to]) => ({
        kind: 'power-off' as const,
        atHour: from,
        hours: to - from,
        note: 'unplugged',
      })),
    },
    board,
    seed: 5,
    intervalS: 600,
    database: ':memory:',
    corridor: road(options),
    config: { rules: null, coldLimitMilliC: null, warmLimitMilliC: null, ...options.config },
    battery,
    chargePct,
    mains,
    makeEngine: (kernel) => new VmEngine(kernel, bundle, `${board}.js`),
  });
  const { kernel, sim } = stage;
  sim.tracker.powerOn();
  for (let hour = 0.25; hour <= hours; hour += 0.25) {
    await kernel.run(hour * HOUR_US);
    options.each?.(hour, stage);
  }
  return resultOf(stage);
}

async function resultOf(stage: Stage): Promise<PowerRide> {
  const { sim, office, config } = stage;
  const rows = await office.store.readings(config.deviceId);
  const image = decodeJournalImage(sim.hardware.flash.cells.subarray(JOURNAL_AT));
  const held = new Set([...image.readings, ...rows].map(({ seq }) => seq));
  const stored = [...sim.witness.stored.values()].sort((a, b) => a.seq - b.seq);
  const { lost, invented } = audit(sim.witness, rows);
  const hourAt = (seq: number): number => {
    const next = stored.find((reading) => reading.seq > seq);
    return next ? next.sample.atUs / HOUR_US : Number.POSITIVE_INFINITY;
  };
  return {
    stage,
    told: <Kind extends RecordBody['kind']>(kind: Kind) =>
      image.records
        .filter((record) => record.kind === kind)
        .map((record) => ({ ...record, hour: hourAt(record.seq) }) as Told<Kind>),
    readingHours: stored.map(({ sample }) => sample.atUs / HOUR_US),
    lost: { altogether: stored.map(({ seq }) => seq).filter((seq) => !held.has(seq)), onTheWay: lost },
    invented: invented.length + sim.witness.unexplained,
  };
}
