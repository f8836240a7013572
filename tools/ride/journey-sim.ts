/** Everything that a simulated ride is made of, put together but not yet started. */
import type { Config } from '../../firmware/config/schema.ts';
import { configPage } from '../provision/config-page.ts';
import type { Battery } from '../sim/battery.ts';
import { BatterySupply } from '../sim/battery-supply.ts';
import { findBoardHardware } from '../sim/board-hardware.ts';
import { EnergyAccount } from '../sim/energy.ts';
import { assembleHardware, type Hardware } from '../sim/hardware.ts';
import { HOUR_US, type Kernel } from '../sim/kernel.ts';
import type { Engine } from '../sim/machine.ts';
import type { Network } from '../sim/net/network.ts';
import { type Recording, recordingNetwork } from '../sim/net/recording.ts';
import { rcDrift } from '../sim/rc-clock.ts';
import { VirtualTracker } from '../sim/tracker.ts';
import type { World } from '../world/world.ts';
import { RadioLedger } from './radio-ledger.ts';
import { Witness } from './witness.ts';

/** The configuration takes the first two pages of the raw region. */
export const JOURNAL_AT = 2 * 4096;

/** A burst of 2G (SIM7000 Hardware Design V1.07). The account knows its average alone. */
const GSM_BURST_MILLIAMPS = 2000;

export interface Traffic {
  up: number;
  down: number;
}

export interface SimulatedRide {
  readonly kernel: Kernel;
  readonly hardware: Hardware;
  readonly tracker: VirtualTracker;
  readonly witness: Witness;
  readonly energy: EnergyAccount;
  readonly ledger: RadioLedger;
  readonly traffic: Traffic;
  /** Undefined where the voltage is a constant. */
  readonly supply: BatterySupply | undefined;
  /** What went over the modem's streams. */
  readonly wire: Recording;
}

export interface RideParts {
  readonly kernel: Kernel;
  readonly board: string;
  readonly seed: number;
  readonly world: World;
  readonly network: Network;
  readonly config: Config;
  /** Without one the tracker's battery has 3.9 V for ever. */
  readonly battery?: Battery | undefined;
  /** The tracker is fed from the reefer's socket while that has mains. */
  readonly mains?: boolean | undefined;
  readonly makeEngine: (kernel: Kernel, hardware: Hardware) => Engine;
  /** Called after each wake, when flash and counters are at rest. */
  readonly onStopped?: () => void;
  /** Nobody has configured the tracker yet: `config` is not in its flash. */
  readonly isBlank?: boolean | undefined;
  /** Hears the console as it comes. */
  readonly onConsoleText?: ((text: string) => void) | undefined;
}

export function assembleRide(parts: RideParts): SimulatedRide {
  const { kernel, seed, world } = parts;
  const board = findBoardHardware(parts.board);
  const energy = new EnergyAccount(kernel, board.name);
  const ledger = new RadioLedger(kernel, board.modem, () => world.at(kernel.nowUs / HOUR_US).country);
  const traffic: Traffic = { up: 0, down: 0 };
  const network = recordingNetwork(parts.network);
  const externalPower = (): boolean => parts.mains === true && world.signals().mains;
  const { battery } = parts;
  const supply =
    battery &&
    new BatterySupply({
      kernel,
      account: energy,
      battery,
      celsius: (hour) => world.ambientC(hour),
      externalPower,
      charging: () => hardware.charging(),
      isPowered: () => tracker.state !== 'unpowered',
      powerOn: () => tracker.powerOn(),
      powerOff: () => tracker.powerOff(),
    });
  const hardware = assembleHardware(
    board,
    kernel,
    seed,
    {
      air: world.air,
      sky: world.sky,
      network,
      supplyAir: () => world.chips.supply(),
      returnAir: () => world.chips.return(),
      ambientAir: () => world.chips.ambient(),
      signals: () => world.signals(),
      externalPower,
      ...(supply ? { batteryMillivolts: () => supply.millivolts() } : {}),
    },
    {
      onSupplyReadout: (readout) => witness.supplyRead(readout),
      onReturnReadout: (readout) => witness.returnRead(readout),
      onModemState: (state, technology) => {
        energy.modem(state, technology);
        ledger.modem(state, technology);
        supply?.look(technology === 'GSM' ? GSM_BURST_MILLIAMPS : 0);
      },
      onTraffic: (up, down, technology) => {
        traffic.up += up;
        traffic.down += down;
        ledger.traffic(up, down, technology);
        if (up > 0 && technology === 'GSM') supply?.look(GSM_BURST_MILLIAMPS);
      },
      onBrownOut: () => supply?.giveWay(),
      onPowerManaged: () => supply?.look(),
    },
  );
  const witness = new Witness(hardware.flash.cells, JOURNAL_AT);
  if (!parts.isBlank) hardware.flash.cells.set(configPage(parts.config, 1), 0);
  const driftAt = rcDrift(seed);
  const tracker = new VirtualTracker({
    kernel,
    hardware,
    engine: parts.makeEngine(kernel, hardware),
    clockDrift: () => driftAt(world.ambientC(kernel.nowUs / HOUR_US)),
    onState: (state) => {
      energy.board(state);
      supply?.look();
    },
    onConsoleText: (text) => parts.onConsoleText?.(text),
    onStopped: () => {
      witness.look();
      parts.onStopped?.();
    },
  });
  return {
    kernel,
    hardware,
    tracker,
    witness,
    energy,
    ledger,
    traffic,
    supply,
    wire: network.recording,
  };
}
