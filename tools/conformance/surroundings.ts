/** What stands around a virtual board while it runs the conformance suite, and obeys the suite's orders. */
import type { Order } from '../../hal/conformance/bench.ts';
import type { BoardHardware } from '../sim/board-hardware.ts';
import type { I2cDevice } from '../sim/chips/i2c-device.ts';
import type { Cell, SkyFix } from '../sim/chips/radio.ts';
import { assembleHardware, type Hardware } from '../sim/hardware.ts';
import type { Kernel } from '../sim/kernel.ts';
import { EchoHost } from './echo-host.ts';

const CELL: Cell = {
  mcc: '262',
  mnc: '01',
  roaming: false,
  rssiDbm: -73,
  tac: 0x5b57,
  cellId: 0x195071b,
};
const START_MS = Date.UTC(2026, 10, 21, 12);
const VIEW: Omit<SkyFix, 'utcMs'> = {
  latDeg: 52.52,
  lonDeg: 13.405,
  altitudeM: 34,
  speedKmh: 61.5,
  courseDeg: 271,
  satellites: 9,
  hdop: 1.2,
};

/** A gauge that can be made to lose its battery, or its place on the bus. */
class FaultyGauge implements I2cDevice {
  fault: 'none' | 'unplugged' | 'no-battery' = 'none';
  readonly #chip: I2cDevice;
  #register = 0;

  constructor(chip: I2cDevice) {
    this.#chip = chip;
  }

  write(bytes: Uint8Array): boolean {
    if (this.fault === 'unplugged') return false;
    this.#register = bytes[0] ?? this.#register;
    return this.#chip.write(bytes);
  }

  read(count: number): Uint8Array | undefined {
    if (this.fault === 'unplugged') return undefined;
    const bytes = this.#chip.read(count);
    // Bit 3 of register 0: battery present.
    if (this.fault === 'no-battery' && this.#register === 0 && bytes?.[0] !== undefined) bytes[0] &= ~8;
    return bytes;
  }
}

export interface BenchSurroundings {
  readonly hardware: Hardware;
  obey(order: string): void;
}

export function conformanceSurroundings(
  board: BoardHardware,
  kernel: Kernel,
  seed: number,
): BenchSurroundings {
  const host = new EchoHost();
  const utcMs = (): number => START_MS + Math.floor(kernel.nowUs / 1000);
  let covered = false;
  let connected = true;
  let air = { celsius: 4.25, humidityPct: 65 };
  const chips = assembleHardware(
    board,
    kernel,
    seed,
    {
      air: {
        cell: () => (connected ? CELL : undefined),
        utcMs,
        utcOffsetMin: () => 60,
      },
      sky: { view: () => (covered ? undefined : { ...VIEW, utcMs: utcMs() }) },
      network: host,
      supplyAir: () => air,
      returnAir: () => air,
    },
    {
      onSupplyReadout: () => {},
      onReturnReadout: () => {},
      onModemState: () => {},
      onTraffic: () => {},
    },
  );
  const gauge = new FaultyGauge(chips.i2c.get(0x34) as I2cDevice);
  const hardware: Hardware = {
    ...chips,
    i2c: new Map<number, I2cDevice>([...chips.i2c, [0x34, gauge]]),
  };

  function sensors(fault: 'none' | 'unplugged' | 'bad-crc', celsius: number, humidityPct: number): void {
    air = { celsius, humidityPct };
    chips.supplySensor.fault = fault;
    chips.returnSensor.fault = fault;
  }

  const orders: Record<Order, () => void> = {
    'sensor well': () => sensors('none', 4.25, 65),
    'sensor unplugged': () => sensors('unplugged', 4.25, 65),
    'sensor bad-check': () => sensors('bad-crc', 4.25, 65),
    'sensor dry': () => sensors('none', -30, -2),
    'gauge well': () => {
      gauge.fault = 'none';
    },
    'gauge unplugged': () => {
      gauge.fault = 'unplugged';
    },
    'gauge no-battery': () => {
      gauge.fault = 'no-battery';
    },
    'sky open': () => {
      covered = false;
    },
    'sky covered': () => {
      covered = true;
    },
    'network well': () => {
      connected = true;
      host.reset();
    },
    'network none': () => {
      connected = false;
    },
    'peer untrusted': () => {
      host.trusted = false;
    },
    // Typing is the business of whoever has the board.
    'keys abc': () => {},
    'peer hangs-up': () => host.hangUp(),
    'peer farewell': () => {
      host.leaves = true;
    },
  };
  return {
    hardware,
    obey: (order) => {
      const known = Object.entries(orders).find(([name]) => name === order);
      if (!known) throw new Error(`the suite asks for "${order}"`);
      known[1]();
    },
  };
}
