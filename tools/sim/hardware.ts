import { Axp2101 } from './chips/axp2101.ts';
import type { I2cDevice } from './chips/i2c-device.ts';
import { NorFlash } from './chips/nor-flash.ts';
import type { Air, Sky } from './chips/radio.ts';
import { type SensorReadout, Sht4x } from './chips/sht4x.ts';
import { type ModemState, Sim7080 } from './chips/sim7080/sim7080.ts';
import type { Kernel } from './kernel.ts';
import type { Network } from './net/network.ts';
import { randomStream } from './random.ts';

/** What a board's file says about its wiring, seen from the chips' side. */
export interface BoardHardware {
  readonly name: string;
  readonly flash: { readonly base: number; readonly size: number; readonly pageSize: number };
  readonly pwrkeyPin: number;
}

/** Where the raw region starts that the configuration and the journal share, and its length. */
export const RAW_REGION_SIZE = 0x10000;

export const boardHardware: Record<string, BoardHardware> = {
  't-sim7080g-s3': {
    name: 't-sim7080g-s3',
    flash: { base: 0x310000, size: RAW_REGION_SIZE, pageSize: 4096 },
    pwrkeyPin: 41,
  },
  'espruino-linux': {
    name: 'espruino-linux',
    flash: { base: 0x10030000, size: RAW_REGION_SIZE, pageSize: 1024 },
    pwrkeyPin: 31,
  },
};

/** The world around the board. */
export interface Surroundings {
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  readonly supplyAir: () => { celsius: number; humidityPct: number };
  readonly returnAir: () => { celsius: number; humidityPct: number };
}

export interface HardwareEvents {
  onSupplyReadout(readout: SensorReadout): void;
  onReturnReadout(readout: SensorReadout): void;
  onModemState(state: ModemState): void;
  onTraffic(up: number, down: number): void;
}

/** The chips of a T-SIM7080G on their buses. */
export interface Hardware {
  readonly board: BoardHardware;
  readonly i2c: ReadonlyMap<number, I2cDevice>;
  readonly flash: NorFlash;
  readonly modem: Sim7080;
  readonly pmu: Axp2101;
  readonly supplySensor: Sht4x;
  readonly returnSensor: Sht4x;
}

const BATTERY_MILLIVOLTS = 3900;

export function assembleHardware(
  board: BoardHardware,
  kernel: Kernel,
  seed: number,
  around: Surroundings,
  events: HardwareEvents,
): Hardware {
  let antennaFed = false;
  const modem = new Sim7080({
    kernel,
    random: randomStream(seed, 'modem'),
    air: around.air,
    sky: { view: () => (antennaFed ? around.sky.view() : undefined) },
    network: around.network,
    onStateChange: (state) => events.onModemState(state),
    onTraffic: (up, down) => events.onTraffic(up, down),
  });
  const supplySensor = new Sht4x({
    kernel,
    air: around.supplyAir,
    serial: 0x0c01d001,
    onReadout: (readout) => events.onSupplyReadout(readout),
  });
  const returnSensor = new Sht4x({
    kernel,
    air: around.returnAir,
    serial: 0x0c01d002,
    onReadout: (readout) => events.onReturnReadout(readout),
  });
  const pmu = new Axp2101({
    onModemSupply: (on) => modem.setSupply(on),
    onAntenna: (on) => {
      antennaFed = on;
    },
    batteryMillivolts: () => BATTERY_MILLIVOLTS,
  });
  return {
    board,
    i2c: new Map<number, I2cDevice>([
      [0x44, supplySensor],
      [0x45, returnSensor],
      [0x34, pmu],
    ]),
    flash: new NorFlash({ ...board.flash, random: randomStream(seed, 'flash') }),
    modem,
    pmu,
    supplySensor,
    returnSensor,
  };
}
