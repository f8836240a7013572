import type { Config } from '../../firmware/config/schema.ts';
import { AMBIENT } from '../../hal/probe.ts';
import { findBattery } from '../sim/batteries.ts';
import { Battery } from '../sim/battery.ts';
import { findBoardHardware } from '../sim/board-hardware.ts';
import { technologiesOf } from '../sim/currents.ts';
import type { Hardware } from '../sim/hardware.ts';
import { Kernel } from '../sim/kernel.ts';
import type { Engine } from '../sim/machine.ts';
import { MqttPath } from '../sim/net/mqtt-path.ts';
import type { ClimateSeries } from '../world/climate-series.ts';
import type { Corridor } from '../world/corridor.ts';
import { loadCorridor } from '../world/load-corridor.ts';
import type { Scenario } from '../world/scenario.ts';
import { World } from '../world/world.ts';
import { type BackOffice, openBackOffice } from './back-office.ts';
import type { Delivery } from './deliveries.ts';
import { assembleRide, type SimulatedRide } from './journey-sim.ts';
import { workshopConfig } from './workshop.ts';

export interface StageOptions {
  readonly scenario: Scenario;
  readonly board: string;
  readonly seed: number;
  readonly intervalS: number;
  /** Path of the database, or ':memory:'. */
  readonly database: string;
  readonly climate?: ClimateSeries | undefined;
  /** Another road than that of the data file. */
  readonly corridor?: Corridor | undefined;
  /** What the workshop has set otherwise than it usually does. */
  readonly config?: Partial<Config> | undefined;
  /** Name of the battery that the tracker lives on; undefined: a constant 3.9 V. */
  readonly battery?: string | undefined;
  /** Percent of its capacity that are left in it at departure; undefined: it is full. */
  readonly chargePct?: number | undefined;
  /** The tracker is fed from the reefer's socket while that has mains. */
  readonly mains?: boolean | undefined;
  readonly broker?: string | undefined;
  readonly brokerPort?: number | undefined;
  readonly makeEngine: (kernel: Kernel, hardware: Hardware) => Engine;
  /** Nobody has configured the tracker yet. */
  readonly isBlank?: boolean | undefined;
  /** Hears the tracker's console as it comes. */
  readonly onConsoleText?: ((text: string) => void) | undefined;
}

/** A world, a tracker in it, and the far side of its radio: all that a ride needs, at the moment of departure. */
export interface Stage {
  readonly kernel: Kernel;
  readonly world: World;
  readonly sim: SimulatedRide;
  readonly office: BackOffice;
  readonly network: MqttPath;
  readonly config: Config;
  /** Grows with every ack that moves. */
  readonly deliveries: Delivery[];
  /** What the collector reported, as text for a person. */
  readonly problems: string[];
}

/** Where power is looked at the ambient probe is fitted, if the board takes one: nothing else tells how cold the battery is. */
function fittedFor({ board, battery, mains }: StageOptions): number {
  const hasProbe = findBoardHardware(board).ambientPin !== undefined;
  return hasProbe && (battery !== undefined || mains) ? 1 << AMBIENT : 0;
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const kernel = new Kernel();
  const deliveries: Delivery[] = [];
  const problems: string[] = [];
  const { board, seed, scenario, climate, mains, makeEngine } = options;
  const world = new World({
    corridor: options.corridor ?? loadCorridor(),
    seed,
    scenario,
    nowUs: () => kernel.nowUs,
    technologies: technologiesOf(findBoardHardware(board).modem),
    ...(climate ? { climate } : {}),
  });
  const battery =
    options.battery === undefined
      ? undefined
      : new Battery(findBattery(options.battery), (options.chargePct ?? 100) / 100);
  let sim: SimulatedRide | undefined;
  const office = await openBackOffice({
    database: options.database,
    broker: options.broker,
    brokerPort: options.brokerPort,
    // A collector of the host's time would put other bytes on the wire each time.
    now: () => world.air.utcMs(),
    onAck: (_device, next) => {
      const bytesOnAir = sim ? sim.traffic.up + sim.traffic.down : 0;
      if (next > (deliveries.at(-1)?.next ?? 0)) deliveries.push({ atUs: kernel.nowUs, next, bytesOnAir });
    },
    onProblem: (problem) => problems.push(problem),
  });
  try {
    const network = new MqttPath({
      brokerUrl: () => office.brokerUrl,
      expectAck: (topic) => topic.endsWith('/up'),
      // A busy host may be slow for seconds; what it is slow at must not look like a lost message.
      settleMs: 20_000,
    });
    const workshop = workshopConfig(options);
    const config = { ...workshop, probes: workshop.probes | fittedFor(options), ...options.config };
    const { isBlank, onConsoleText } = options;
    sim = assembleRide({
      kernel,
      board,
      seed,
      world,
      network,
      config,
      battery,
      mains,
      makeEngine,
      isBlank,
      onConsoleText,
    });
    return { kernel, world, sim, office, network, config, deliveries, problems };
  } catch (error) {
    await office.close();
    throw error;
  }
}
