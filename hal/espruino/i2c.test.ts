import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type I2cDevice, I2cLines } from '../../tools/sim/chips/i2c-device.ts';
import { i2cContract } from '../conformance/i2c.ts';
import { i2cSurroundings } from '../conformance/testing/mock-subjects.ts';
import { verdictOf } from '../conformance/testing/verdict.ts';
import type { I2cBus } from '../i2c.ts';
import { mockClock } from '../mock/clock.ts';

const SDA = 15;
const SCL = 7;
const ADDRESS = i2cSurroundings.address;

type Bus = I2cBus & { isStuck(): boolean };
let espruinoI2c: (sda: number, scl: number, bitrate: number) => Bus;

/** A chip of registers that can hold SDA until it has seen so many pulses, and fail so many calls in silence. */
class Chip implements I2cDevice {
  holdsFor = 0;
  failures = 0;
  /** With each call that fails it holds SDA anew. */
  grabs = false;
  calls = 0;
  #pointer = 0;

  write(bytes: Uint8Array): boolean {
    this.calls++;
    if (this.#fails()) return false;
    this.#pointer = bytes[0] ?? this.#pointer;
    return true;
  }
  read(count: number): Uint8Array | undefined {
    this.calls++;
    if (this.#fails()) return undefined;
    const { register, value } = i2cSurroundings;
    return Uint8Array.from({ length: count }, (_, index) => (this.#pointer + index === register ? value : 0));
  }
  holdsSda(): boolean {
    return this.holdsFor > 0;
  }
  clockPulse(): void {
    this.holdsFor--;
  }

  #fails(): boolean {
    if (this.failures-- <= 0) return false;
    if (this.grabs) this.holdsFor = 2;
    return true;
  }
}

/**
 * Pins and the I2C unit of an ESP32 under Espruino (jspin.c, targets/esp32): a pin whose mode was not set by hand becomes
 * an input when it is read, and any pin that is written leaves the I2C unit, which then reaches nobody until its setup.
 */
class Esp32 {
  readonly chip = new Chip();
  readonly lines = new I2cLines(new Map([[ADDRESS, this.chip]]));
  setups = 0;
  pulses = 0;
  /** Calls of the I2C unit, each of which would wait for a second on a stuck bus. */
  waits = 0;
  /** Both lines lie high when the recovery is over: nothing that the processor drives keeps a chip from talking. */
  readonly driven = new Map<number, boolean>();
  #connected = false;
  readonly #manual = new Map<number, string>();
  readonly #latch = new Map<number, boolean>();

  readonly Pin = (pin: number) => ({
    mode: (mode: string) => {
      this.#manual.set(pin, mode);
      this.#connected = false;
      this.#drive(pin, mode);
    },
    write: (value: boolean) => {
      this.#latch.set(pin, value);
      this.#connected = false;
      this.#drive(pin, this.#manual.get(pin) ?? 'output');
    },
    read: () => {
      if (!this.#manual.has(pin)) this.#connected = false;
      return pin === SDA ? this.sdaHigh : true;
    },
  });

  readonly I2C1 = {
    setup: () => {
      this.setups++;
      this.#connected = true;
      this.driven.clear();
    },
    writeTo: (address: number, bytes: readonly number[]) => {
      if (!this.#device(address)?.write(Uint8Array.from(bytes))) throw new Error('no ACK');
    },
    readFrom: (address: number, count: number) => {
      const bytes = this.#device(address)?.read(count);
      if (!bytes) throw new Error('no ACK');
      return bytes;
    },
  };

  get sdaHigh(): boolean {
    return this.lines.sdaHigh && this.driven.get(SDA) !== false;
  }

  #drive(pin: number, mode: string): void {
    const before = this.driven.get(pin);
    if (mode === 'output') this.driven.set(pin, this.#latch.get(pin) ?? true);
    else this.driven.delete(pin);
    if (pin !== SCL || before === this.driven.get(pin)) return;
    this.lines.setScl(this.driven.get(pin) ?? true);
    if (before === false) this.pulses++;
  }

  #device(address: number): I2cDevice | undefined {
    if (!this.sdaHigh) this.waits++;
    return this.#connected && this.sdaHigh ? this.lines.devices.get(address) : undefined;
  }
}

let esp32: Esp32;
let bus: Bus;

beforeAll(async () => {
  const path = './i2c.ts';
  ({ espruinoI2c } = (await import(path)) as { espruinoI2c: typeof espruinoI2c });
});

beforeEach(() => {
  esp32 = new Esp32();
  vi.stubGlobal('Pin', esp32.Pin);
  vi.stubGlobal('I2C1', esp32.I2C1);
  bus = espruinoI2c(SDA, SCL, 100_000);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The register that has a known value. */
const known = (): number | undefined => {
  if (!bus.write(ADDRESS, [i2cSurroundings.register])) return undefined;
  return bus.read(ADDRESS, 1)?.[0];
};

describe("Espruino's I2C", () => {
  it('keeps the contract', () => {
    for (const rule of i2cContract(bus, i2cSurroundings))
      expect([rule.name, verdictOf(rule, mockClock())]).toEqual([rule.name, null]);
  });

  it.each([1, 2, 5, 9])(
    'frees a bus that a chip holds for %i pulses, and makes the call after all',
    (holdsFor) => {
      esp32.chip.holdsFor = holdsFor;
      expect(known()).toBe(i2cSurroundings.value);
      expect(esp32.pulses).toBe(holdsFor);
      expect([bus.isStuck(), esp32.driven.size, esp32.setups]).toEqual([false, 0, 2]);
    },
  );

  it('frees it in the middle of a reading as well', () => {
    bus.write(ADDRESS, [i2cSurroundings.register]);
    esp32.chip.holdsFor = 3;
    expect(bus.read(ADDRESS, 1)?.[0]).toBe(i2cSurroundings.value);
  });

  it('spends neither a pulse nor a setup on a sensor that is just missing', () => {
    for (let i = 0; i < 10; i++) {
      expect(bus.write(0x44, [0xfd])).toBe(false);
      expect(bus.read(0x44, 6)).toBeNull();
    }
    expect([esp32.pulses, esp32.setups, bus.isStuck()]).toEqual([0, 1, false]);
    expect(known()).toBe(i2cSurroundings.value);
  });

  it('gives up a bus that stays low after nine pulses', () => {
    esp32.chip.holdsFor = Number.POSITIVE_INFINITY;
    expect(bus.write(ADDRESS, [0])).toBe(false);
    expect([bus.isStuck(), esp32.pulses, esp32.waits]).toEqual([true, 9, 1]);
  });

  it('waits for a bus that stays low once, and not at each call', () => {
    esp32.chip.holdsFor = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 10; i++) expect(bus.read(ADDRESS, 1)).toBeNull();
    expect(esp32.waits).toBe(1);
    expect(esp32.pulses).toBe(9 * 10);
  });

  it('works again when what held the bus is gone', () => {
    esp32.chip.holdsFor = Number.POSITIVE_INFINITY;
    expect(known()).toBeUndefined();
    esp32.chip.holdsFor = 0;
    expect([known(), bus.isStuck()]).toEqual([i2cSurroundings.value, false]);
  });

  it('tries a call once more and no more, also when it fails again', () => {
    esp32.chip.holdsFor = 2;
    esp32.chip.failures = 1;
    expect(bus.write(ADDRESS, [0])).toBe(false);
    expect([esp32.chip.calls, esp32.setups]).toEqual([1, 2]);
    expect(bus.write(ADDRESS, [0])).toBe(true);
  });

  it('does not run in circles with a chip that takes the line again at each call', () => {
    esp32.chip.holdsFor = 2;
    esp32.chip.grabs = true;
    esp32.chip.failures = 1000;
    expect(bus.read(ADDRESS, 1)).toBeNull();
    expect([esp32.chip.calls, esp32.pulses, bus.isStuck()]).toEqual([1, 4, false]);
  });
});
