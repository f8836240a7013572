import { bundleBoard } from '../build/bundle.ts';
import { ColdrailError } from '../errors/error.ts';
import { renderReport } from '../report/page.ts';
import { HOUR_US } from '../sim/kernel.ts';
import { VmEngine } from '../sim/vm/engine.ts';
import { readClimateCsv } from '../world/climate-csv.ts';
import { findScenario } from '../world/scenario.ts';
import { type ClimateVerdict, compareWithSeries } from './climate-verdict.ts';
import { conclude } from './conclude.ts';
import type { Delivery } from './deliveries.ts';
import type { HarmAccount } from './harm.ts';
import { checkOptions, type RideOptions } from './options.ts';
import { OutputFolder } from './output.ts';
import type { RideResult, Summary } from './result.ts';
import { openStage, type Stage } from './stage.ts';
import { simulatedKey } from './workshop.ts';

/** After the planned days the ride goes on until the database holds all that flash holds, but no longer than this. */
const LONGEST_WAIT_HOURS = 96;
/** How often the end is looked for meanwhile. */
const LOOK_US = 60_000_000;
const POWER_BACK_AFTER_US = 90_000_000;

/** Told once an hour of the ride. */
export type Progress = (hour: number, hours: number, place: string) => void;

export interface RideOutcome {
  readonly summary: Summary;
  readonly harm: HarmAccount;
  readonly folder: string;
  readonly climate: ClimateVerdict | undefined;
  /** What the collector, and the firmware on its console, complained about. */
  readonly problems: readonly string[];
  /** Errors that the firmware raised; each is a defect. */
  readonly complaints: number;
  readonly deliveries: readonly Delivery[];
  readonly readingSeqs: readonly number[];
}

/** Put what is to go wrong on the way into the timetable. */
function arrangeMishaps({ kernel, sim, office, network }: Stage, options: RideOptions): void {
  const { brokerOutage } = options;
  if (brokerOutage) {
    kernel.at(brokerOutage.atHour * HOUR_US, async () => {
      await office.stopBroker();
      await network.allClosed();
    });
    kernel.at((brokerOutage.atHour + brokerOutage.hours) * HOUR_US, () => office.restartBroker());
  }
  for (const hour of options.powerCutAtHours)
    kernel.at(hour * HOUR_US, () => sim.tracker.armPowerCut(POWER_BACK_AFTER_US));
}

/** Ride to the end. Returns the number of readings in the database when the planned days were over. */
async function travel(stage: Stage, hours: number, progress: Progress): Promise<number> {
  const { kernel, world, sim, office, config } = stage;
  const count = (): Promise<number> => office.store.countReadings(config.deviceId);
  sim.tracker.powerOn();
  for (let hour = 1; hour <= hours; hour++) {
    await kernel.run(hour * HOUR_US);
    progress(hour, hours, world.at(hour).place);
  }
  await kernel.run(hours * HOUR_US);
  const delivered = await count();
  const patienceUs = kernel.nowUs + LONGEST_WAIT_HOURS * HOUR_US;
  const settled = async (): Promise<boolean> =>
    sim.tracker.state === 'asleep' && (await count()) === sim.witness.stored.size;
  while (kernel.nowUs < patienceUs && !(await settled())) await kernel.run(kernel.nowUs + LOOK_US);
  return delivered;
}

function firmwareProblems({ sim }: Stage): string[] {
  const [first] = sim.tracker.complaints;
  if (first === undefined) return [];
  const count = sim.tracker.complaints.length;
  return [new ColdrailError('ride.firmware-complained', { count, first }).report()];
}

function writeResults(folder: OutputFolder, result: RideResult, flash: Uint8Array): void {
  folder.write('summary.json', `${JSON.stringify(result.summary, null, 2)}\n`);
  folder.write('flash.bin', flash);
  const key = Buffer.from(simulatedKey(result.summary.seed));
  folder.write('device-key.hex', `${key.toString('hex')}\n`);
  folder.write('report.html', renderReport(result));
}

/** Ride a scenario from end to end and write what it leaves behind. */
export async function ride(options: RideOptions, progress: Progress): Promise<RideOutcome> {
  checkOptions(options);
  const scenario = findScenario(options.scenario);
  const climate = options.climate ? readClimateCsv(options.climate, options.climateColumns) : undefined;
  const bundle = await bundleBoard(options.board);
  const folder = new OutputFolder(options.out, scenario.name);
  try {
    const stage = await openStage({
      ...options,
      scenario,
      climate,
      database: folder.path('readings.sqlite'),
      makeEngine: (kernel) => new VmEngine(kernel, bundle, `${options.board}.js`),
    });
    const { sim, world, office, config, deliveries } = stage;
    try {
      arrangeMishaps(stage, options);
      const delivered = await travel(stage, (options.days ?? world.days) * 24, progress);
      const rows = await office.store.readings(config.deviceId);
      const records = await office.store.records(config.deviceId);
      const { duplicates } = office.collector.stats;
      const ridden = { options, scenario, world, sim, rows, records, delivered, deliveries, duplicates };
      const result = conclude(ridden);
      writeResults(folder, result, sim.hardware.flash.cells);
      await office.close();
      return {
        summary: result.summary,
        harm: result.harm,
        folder: folder.publish(),
        climate: climate && compareWithSeries(climate, sim.witness, rows),
        problems: [...stage.problems, ...firmwareProblems(stage)],
        complaints: sim.tracker.complaints.length,
        deliveries,
        readingSeqs: [...sim.witness.stored.keys()],
      };
    } catch (error) {
      await office.close();
      throw error;
    }
  } catch (error) {
    folder.discard();
    throw error;
  }
}
