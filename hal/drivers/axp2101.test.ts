import { describe, expect, it } from 'vitest';
import { Axp2101 } from '../../tools/sim/chips/axp2101.ts';
import type { I2cBus } from '../i2c.ts';
import { mockI2c } from '../mock/i2c.ts';
import { axp2101 } from './axp2101.ts';

const ADDRESS = 0x34;

/** The driver on the chip's model, on a bus that answers `answers` calls and then no more. */
function bench(answers = Number.POSITIVE_INFINITY) {
  const rails: string[] = [];
  const written: number[] = [];
  const supply = { on: false };
  const chip = new Axp2101({
    onModemSupply: (on) => rails.push(`modem ${on ? 'on' : 'off'}`),
    onAntenna: (on) => rails.push(`antenna ${on ? 'on' : 'off'}`),
    batteryMillivolts: () => 3987,
    externalPower: () => supply.on,
  });
  let left = answers;
  const bus: I2cBus = {
    write: (address, bytes) => {
      if (left-- <= 0 || address !== ADDRESS) return false;
      if (bytes.length > 1) written.push(bytes[0]);
      return chip.write(Uint8Array.from(bytes));
    },
    read: (address, count) => (left-- > 0 && address === ADDRESS ? chip.read(count) : null),
  };
  const register = (index: number): number => {
    chip.write(Uint8Array.of(index));
    return chip.read(1)[0];
  };
  return { pmu: axp2101(bus), chip, supply, rails, register, written };
}

describe('the AXP2101 driver', () => {
  it("switches the modem's supply and leaves the processor's alone", () => {
    const { pmu, rails, register } = bench();
    expect(pmu.modemSupply(true)).toBe(true);
    expect(rails).toEqual(['modem on']);
    expect(register(0x80)).toBe(0b101);
    expect(pmu.modemSupply(false)).toBe(true);
    expect(rails).toEqual(['modem on', 'modem off']);
    expect(register(0x80)).toBe(0b001);
  });

  it('gives the modem 3.0 V before it gives it anything', () => {
    const { pmu, register } = bench();
    pmu.modemSupply(true);
    expect(1600 + (register(0x84) - 88) * 100).toBe(3000);
  });

  it("switches the antenna's supply, 3.3 V, and leaves the level shifter's alone", () => {
    const { pmu, rails, register } = bench();
    expect(pmu.gnssAntenna(true)).toBe(true);
    expect(rails).toEqual(['antenna on']);
    expect(500 + register(0x97) * 100).toBe(3300);
    expect(register(0x90)).toBe(0b110000);
    expect(pmu.gnssAntenna(false)).toBe(true);
    expect(register(0x90)).toBe(0b010000);
  });

  it('measures the battery, and frees charging from a thermistor that the board does not have', () => {
    const { pmu, register } = bench();
    expect(pmu.millivolts()).toBe(3987);
    expect(register(0x50) & 16).toBe(16);
  });

  it('says so at whichever of its calls the chip falls silent', () => {
    for (let answers = 0; answers < 12; answers++) {
      const level = bench(answers).pmu.millivolts();
      expect(level === null || level === 3987).toBe(true);
      const { pmu, rails } = bench(answers);
      expect(pmu.modemSupply(true)).toBe(rails.length === 1);
      expect(bench(answers).pmu.gnssAntenna(true)).toBe(answers >= 4);
    }
    expect(bench(3).pmu.millivolts()).toBeNull();
  });

  it('tells whether power comes from outside, and nothing when the chip is silent', () => {
    const { pmu, supply } = bench();
    expect(pmu.external()).toBe(false);
    supply.on = true;
    expect(pmu.external()).toBe(true);
    expect([bench(0).pmu.external(), bench(1).pmu.external()]).toEqual([null, null]);
  });

  it('forbids and allows charging, and leaves the fuel gauge as it is', () => {
    const { pmu, chip, supply, register } = bench();
    supply.on = true;
    expect(pmu.allowCharge(false)).toBe(true);
    expect([chip.charging, register(0x18)]).toEqual([false, 0b1000]);
    expect(pmu.allowCharge(true)).toBe(true);
    expect([chip.charging, register(0x18)]).toEqual([true, 0b1010]);
  });

  it('writes to the charger only what changes', () => {
    const { pmu, written } = bench();
    pmu.allowCharge(true);
    pmu.allowCharge(true);
    expect(written).toEqual([0x50]);
    pmu.allowCharge(false);
    pmu.allowCharge(false);
    expect(written).toEqual([0x50, 0x18]);
  });

  it('says at whichever call the charger has not heard', () => {
    for (let answers = 0; answers < 3; answers++) expect(bench(answers).pmu.allowCharge(false)).toBe(false);
    for (let answers = 0; answers < 5; answers++) expect(bench(answers).pmu.allowCharge(true)).toBe(false);
    expect(bench(3).pmu.allowCharge(false)).toBe(true);
    expect(bench(5).pmu.allowCharge(true)).toBe(true);
  });

  it('knows no voltage without a battery, and none before the first conversion', () => {
    const i2c = mockI2c();
    const registers = new Uint8Array(256);
    i2c.chips.set(ADDRESS, registers);
    const pmu = axp2101(i2c);
    registers.set([0x0f, 0x00], 0x34);
    expect(pmu.millivolts()).toBeNull();
    registers[0] = 0x08;
    expect(pmu.millivolts()).toBe(0x0f00);
    registers.set([0x00, 0x00], 0x34);
    expect(pmu.millivolts()).toBeNull();
  });

  it('takes 13 bits of voltage, whatever the reserved ones hold', () => {
    const i2c = mockI2c();
    const registers = new Uint8Array(256);
    registers[0] = 0x08;
    registers.set([0xef, 0xa0], 0x34);
    i2c.chips.set(ADDRESS, registers);
    expect(axp2101(i2c).millivolts()).toBe(0x0fa0);
  });
});
