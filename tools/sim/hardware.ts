import type { BoardHardware } from './board-hardware.ts';
import { Axp2101 } from './chips/axp2101.ts';
import { Ds18b20 } from './chips/ds18b20.ts';
import { type I2cDevice, I2cLines } from './chips/i2c-device.ts';
import { families } from './chips/modem/families/index.ts';
import { Modem, type ModemState } from './chips/modem/modem.ts';
import { NorFlash } from './chips/nor-flash.ts';
import { OneWireLine } from './chips/one-wire-line.ts';
import { OptoInput } from './chips/opto-input.ts';
import type { Air, RadioTechnology, Sky } from './chips/radio.ts';
import type { SensorFault } from './chips/sensor-faults.ts';
import { type SensorReadout, Sht4x } from './chips/sht4x.ts';
import type { Kernel } from './kernel.ts';
import type { Network } from './net/network.ts';
import type { Peripherals } from './peripherals.ts';
import { randomStream } from './random.ts';

/** The world around the board. */
export interface Surroundings {
  readonly air: Air;
  readonly sky: Sky;
  readonly network: Network;
  readonly supplyAir: () => { celsius: number; humidityPct: number };
  readonly returnAir: () => { celsius: number; humidityPct: number };
  /** Outside of the box. Without it what the return air has. */
  readonly ambientAir?: () => { celsius: number };
  /** What goes on around the tracker. Without it doors are shut, and nothing is plugged into the reefer's socket. */
  readonly signals?: () => Signals;
  /** Without it a battery that never runs low, and no power from outside. */
  readonly batteryMillivolts?: () => number;
  readonly externalPower?: () => boolean;
  /** What goes wrong with the probes, and when. */
  readonly faults?: Readonly<Partial<Record<'supply' | 'return' | 'ambient', readonly SensorFault[]>>>;
}

/** The doors, and the three signals of the reefer's socket. */
export interface Signals {
  readonly doorOpen: boolean;
  readonly compressor: boolean;
  readonly defrost: boolean;
  readonly inRange: boolean;
}

export interface HardwareEvents {
  onSupplyReadout(readout: SensorReadout): void;
  onReturnReadout(readout: SensorReadout): void;
  /** `technology`: what the modem is registered on; undefined where it is not. */
  onModemState(state: ModemState, technology: RadioTechnology | undefined): void;
  onTraffic(up: number, down: number, technology: RadioTechnology | undefined): void;
  /** A burst took the battery down with all that hangs on it. */
  onBrownOut?(): void;
  /** The power management chip was written to: its charger may have been switched on or off. */
  onPowerManaged?(): void;
}

/** The chips of a board on their buses and pins. */
export interface Hardware extends Peripherals {
  readonly board: BoardHardware;
  readonly i2c: ReadonlyMap<number, I2cDevice>;
  readonly flash: NorFlash;
  readonly modem: Modem;
  readonly supplySensor: Sht4x;
  readonly returnSensor: Sht4x;
  /** A GPIO of the processor goes high or low. */
  pinWrite(pin: number, high: boolean): void;
  /** What an ADC pin reads, 0 to 1 of its full scale; 0 where nothing is connected. */
  analogRead(pin: number): number;
  /** The battery is connected, or gone. */
  power(on: boolean): void;
  /** Whether the charger puts current into the battery. Without a power management chip it works by itself. */
  charging(): boolean;
}

const BATTERY_MILLIVOLTS = 3900;
/** Full scale of an ESP32's ADC at 11 dB of attenuation, and what two equal resistors leave of the battery. */
const ADC_MILLIVOLTS = 3300;
const DIVIDER = 2;

export function assembleHardware(
  board: BoardHardware,
  kernel: Kernel,
  seed: number,
  around: Surroundings,
  events: HardwareEvents,
): Hardware {
  const hasPmu = board.supply === 'pmu';
  const family = families[board.modem];
  let antennaFed = !hasPmu;
  const battery = around.batteryMillivolts ?? (() => BATTERY_MILLIVOLTS);
  const externalPower = around.externalPower ?? (() => false);
  const modem: Modem = new Modem({
    family,
    kernel,
    random: randomStream(seed, 'modem'),
    air: around.air,
    sky: { view: () => (antennaFed ? around.sky.view() : undefined) },
    network: around.network,
    // These boards feed the antenna from a pin of the modem.
    antennaGpio: board.modem === 'sim7000' ? 48 : undefined,
    batteryMillivolts: battery,
    onStateChange: (state) => events.onModemState(state, modem.technology),
    onTraffic: (up, down) => events.onTraffic(up, down, modem.technology),
    onBrownOut: () => events.onBrownOut?.(),
  });
  const supplySensor = new Sht4x({
    kernel,
    air: around.supplyAir,
    serial: 0x0c01d001,
    onReadout: (readout) => events.onSupplyReadout(readout),
    faults: around.faults?.supply ?? [],
  });
  const returnSensor = new Sht4x({
    kernel,
    air: around.returnAir,
    serial: 0x0c01d002,
    onReadout: (readout) => events.onReturnReadout(readout),
    faults: around.faults?.return ?? [],
  });
  const pmu = new Axp2101({
    onModemSupply: (on) => modem.setSupply(on),
    onAntenna: (on) => {
      antennaFed = on;
    },
    batteryMillivolts: battery,
    externalPower,
  });
  const ambient = new Ds18b20({
    kernel,
    air: around.ambientAir ?? around.returnAir,
    serial: 0x0c01d003,
    faults: around.faults?.ambient ?? [],
  });
  const inputs = inputsOf(board, around, seed);
  const i2c = new Map<number, I2cDevice>([
    [0x44, supplySensor],
    [0x45, returnSensor],
  ]);
  if (hasPmu)
    i2c.set(
      0x34,
      toldOfWrites(pmu, () => events.onPowerManaged?.()),
    );
  const lines = new I2cLines(i2c);
  return {
    board,
    i2c: lines.devices,
    oneWire: new Map(board.ambientPin === undefined ? [] : [[board.ambientPin, new OneWireLine([ambient])]]),
    pinRead: (pin) => (pin === board.i2c.sdaPin ? lines.sdaHigh : (inputs.get(pin)?.isHigh() ?? true)),
    flash: new NorFlash({ ...board.flash, random: randomStream(seed, 'flash') }),
    modem,
    supplySensor,
    returnSensor,
    pinWrite: (pin, high) => {
      if (pin === board.i2c.sclPin) lines.setScl(high);
      else if (pin === board.pwrkeyPin) modem.pwrkey(high);
      else if (typeof board.supply === 'object' && pin === board.supply.pin) modem.setSupply(high);
    },
    // USB takes the battery off the divider.
    analogRead: (pin) =>
      pin === board.batteryPin && !externalPower() ? battery() / DIVIDER / ADC_MILLIVOLTS : 0,
    power: (on) => {
      if (board.supply === 'battery') modem.setSupply(on);
      if (on) return;
      modem.pwrkey(false);
      ambient.powerCycle();
      if (hasPmu) pmu.reset();
      else modem.setSupply(false);
    },
    charging: () => (hasPmu ? pmu.charging : externalPower()),
  };
}

function toldOfWrites(chip: I2cDevice, written: () => void): I2cDevice {
  return {
    write: (bytes) => {
      const acknowledged = chip.write(bytes);
      written();
      return acknowledged;
    },
    read: (count) => chip.read(count),
  };
}

/** The contacts by the pin that they pull low. */
function inputsOf(
  { inputs: pins }: BoardHardware,
  { signals }: Surroundings,
  seed: number,
): Map<number, OptoInput> {
  if (!pins) return new Map();
  const random = randomStream(seed, 'contacts');
  const contact = (active: () => boolean): OptoInput => new OptoInput({ active, random });
  return new Map([
    // A magnet holds the reed while the doors are shut.
    [pins.door, contact(() => !signals?.().doorOpen)],
    [pins.compressor, contact(() => signals?.().compressor ?? false)],
    [pins.defrost, contact(() => signals?.().defrost ?? false)],
    [pins.inRange, contact(() => signals?.().inRange ?? false)],
  ]);
}
