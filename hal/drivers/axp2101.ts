/**
 * X-Powers AXP2101 power management on I2C, as the LilyGO T-SIM7080G wires it.
 * Datasheet: X-Powers AXP2101 V1.0 and V1.4, register list, section 6.7.2 (when it charges). Board wiring:
 * LilyGo-T-SIM7080G, README and schematic.
 */
import type { Battery } from '../battery.ts';
import type { I2cBus } from '../i2c.ts';

const ADDRESS = 0x34;

const STATUS1 = 0x00; // bit 3: battery present, bit 5: VBUS good
const CHARGER = 0x18; // bit 1: the cell is charged
const ADC_ENABLE = 0x30; // bit 0: battery voltage
const VBAT_HIGH = 0x34; // 13 bits in two registers, 1 mV a count
const TS_PIN = 0x50;
/** Bit 4: TS is a plain input, and charging does not wait for a thermistor that the board does not have. */
const TS_IGNORED = 16;
const DC_ENABLE = 0x80; // bit n-1: DCn
const DC3_VOLTAGE = 0x84; // 1.6 to 3.4 V in steps of 100 mV start at code 88
const LDO_ENABLE = 0x90; // bit 4: BLDO1, bit 5: BLDO2
const BLDO2_VOLTAGE = 0x97; // 0.5 V + 100 mV a count

const DC3_3V0 = 102;
const BLDO2_3V3 = 28;

export interface Axp2101 extends Battery {
  /** DC3, 3.0 V: the modem's supply. Each returns false when the chip does not answer. */
  modemSupply(on: boolean): boolean;
  /** BLDO2, 3.3 V: the GNSS antenna's amplifier. */
  gnssAntenna(on: boolean): boolean;
}

export function axp2101(bus: I2cBus): Axp2101 {
  function readRegister(register: number): number | null {
    if (!bus.write(ADDRESS, [register])) return null;
    const answer = bus.read(ADDRESS, 1);
    return answer === null ? null : answer[0];
  }

  function change(register: number, mask: number, on: boolean): boolean {
    const before = readRegister(register);
    if (before === null) return false;
    const after = on ? before | mask : before & (255 - mask);
    return after === before || bus.write(ADDRESS, [register, after]);
  }

  return {
    modemSupply: (on) => {
      if (on && !bus.write(ADDRESS, [DC3_VOLTAGE, DC3_3V0])) return false;
      return change(DC_ENABLE, 1 << 2, on);
    },
    gnssAntenna: (on) => {
      if (on && !bus.write(ADDRESS, [BLDO2_VOLTAGE, BLDO2_3V3])) return false;
      return change(LDO_ENABLE, 1 << 5, on);
    },
    millivolts: () => {
      const status = readRegister(STATUS1);
      if (status === null || (status & 8) === 0) return null;
      if (!change(TS_PIN, TS_IGNORED, true) || !change(ADC_ENABLE, 1, true)) return null;
      const high = readRegister(VBAT_HIGH);
      const low = readRegister(VBAT_HIGH + 1);
      if (high === null || low === null) return null;
      const millivolts = ((high & 0x1f) << 8) | low;
      // 0 until the converter has measured once after it was switched on.
      return millivolts === 0 ? null : millivolts;
    },
    external: () => {
      const status = readRegister(STATUS1);
      return status === null ? null : (status & 32) !== 0;
    },
    allowCharge: (allowed) => (!allowed || change(TS_PIN, TS_IGNORED, true)) && change(CHARGER, 2, allowed),
  };
}
