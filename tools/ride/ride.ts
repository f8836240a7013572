import { bundleBoard } from '../build/bundle.ts';
import { ColdrailError } from '../errors/error.ts';
import { renderReport } from '../report/page.ts';
import { Kernel } from '../sim/kernel.ts';
import { MqttPath } from '../sim/net/mqtt-path.ts';
import { VmEngine } from '../sim/vm/engine.ts';
import { readClimateCsv } from '../world/climate-csv.ts';
import type { ClimateSeries } from '../world/climate-series.ts';
import { loadCorridor } from '../world/load-corridor.ts';
import { findScenario } from '../world/scenario.ts';
import { World } from '../world/world.ts';
import { openBackOffice } from './back-office.ts';
import { type ClimateVerdict, compareWithSeries } from './climate-verdict.ts';
import { conclude } from './conclude.ts';
import type { Delivery } from './deliveries.ts';
import { assembleRide } from './journey-sim.ts';
import { checkOptions, type RideOptions } from './options.ts';
import { OutputFolder } from './output.ts';
import type { Summary } from './result.ts';
import { workshopConfig } from './workshop.ts';

const HOUR_US = 3_600_000_000;
/** How often the progress is told, and the ride looks whether it is over. */
const STEP_US = HOUR_US;
/** After the planned days the box stands in coverage until the database holds all that flash holds, but no longer. */
const LONGEST_WAIT_HOURS = 24;
const POWER_BACK_AFTER_US = 90_000_000;

export type Progress = (hour: number, hours: number, place: string) => void;

export interface RideOutcome {
  readonly summary: Summary;
  readonly folder: string;
  readonly climate: ClimateVerdict | undefined;
  readonly problems: readonly string[];
  /** Errors that the firmware raised; each is a defect. */
  readonly complaints: number;
}

function openClimate(options: RideOptions): ClimateSeries | undefined {
  return options.climate === undefined ? undefined : readClimateCsv(options.climate, options.climateColumns);
}

/** Ride a scenario from end to end and write what it leaves behind. */
export async function ride(options: RideOptions, progress: Progress): Promise<RideOutcome> {
  checkOptions(options);
  const scenario = findScenario(options.scenario);
  const climate = openClimate(options);
  const bundle = await bundleBoard(options.board);
  const folder = new OutputFolder(options.out, scenario.name);
  const problems: string[] = [];
  const kernel = new Kernel();
  const deliveries: Delivery[] = [];
  try {
    const office = await openBackOffice({
      database: folder.path('readings.sqlite'),
      broker: options.broker,
      brokerPort: options.brokerPort,
      onAck: (_device, next) => {
        if (next > (deliveries.at(-1)?.next ?? 0)) deliveries.push({ atUs: kernel.nowUs, next });
      },
      onProblem: (problem) => problems.push(problem),
    });
    try {
      const world = new World({
        corridor: loadCorridor(),
        seed: options.seed,
        scenario,
        nowUs: () => kernel.nowUs,
        ...(climate ? { climate } : {}),
      });
      const network = new MqttPath({
        brokerUrl: () => office.brokerUrl,
        expectAck: (topic) => topic.endsWith('/up'),
      });
      const config = workshopConfig(options);
      const sim = assembleRide({
        kernel,
        board: options.board,
        seed: options.seed,
        world,
        network,
        config,
        makeEngine: (clock) => new VmEngine(clock, bundle, `${options.board}.js`),
      });
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

      const plannedUs = Math.round((options.days ?? world.days) * 24) * HOUR_US;
      sim.tracker.powerOn();
      for (let atUs = STEP_US; atUs <= plannedUs; atUs += STEP_US) {
        await kernel.run(atUs);
        progress(atUs / HOUR_US, plannedUs / HOUR_US, world.at(atUs / HOUR_US).place);
      }
      const delivered = await office.store.countReadings(config.deviceId);
      const patienceUs = plannedUs + LONGEST_WAIT_HOURS * HOUR_US;
      while (kernel.nowUs < patienceUs && !(await settled())) await kernel.run(kernel.nowUs + STEP_US / 60);

      async function settled(): Promise<boolean> {
        if (sim.tracker.state !== 'asleep') return false;
        return (await office.store.countReadings(config.deviceId)) === sim.witness.stored.size;
      }

      const { complaints } = sim.tracker;
      if (complaints.length > 0)
        problems.push(
          new ColdrailError('ride.firmware-complained', {
            count: complaints.length,
            first: complaints[0] as string,
          }).report(),
        );
      const rows = await office.store.readings(config.deviceId);
      const result = conclude({
        options,
        scenario,
        world,
        sim,
        rows,
        delivered,
        deliveries,
        duplicates: office.collector.stats.duplicates,
      });
      const verdict = climate && compareWithSeries(climate, sim.witness, rows);
      folder.write('summary.json', `${JSON.stringify(result.summary, null, 2)}\n`);
      folder.write('flash.bin', sim.hardware.flash.cells);
      folder.write('report.html', renderReport(result));
      await office.close();
      return {
        summary: result.summary,
        folder: folder.publish(),
        climate: verdict,
        problems,
        complaints: complaints.length,
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
