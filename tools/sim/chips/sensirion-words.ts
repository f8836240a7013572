/** Sensirion's answers: words of 16 bits, each with a check digit behind it. SHT3x-DIS and SHT4x datasheets, "checksum". */
import type { Kernel } from '../kernel.ts';
import type { SensedAir, SensorFault } from './sensor-faults.ts';

/**
 * The 16-bit code of a value, 0 to 65535. The datasheets do not say which way the converter rounds; up keeps a value
 * that stands exactly on an edge of the journal's step on the side where plain rounding has it.
 */
export function sensirionCode(value: number, lowest: number, span: number): number {
  const exact = ((value - lowest) / span) * 65535;
  // Not up for the dust of floating point.
  return Math.max(0, Math.min(65535, Math.ceil(exact - 1e-6)));
}

export function sensirionWords(...words: readonly number[]): Uint8Array {
  return Uint8Array.from(words.flatMap((word) => [word >> 8, word & 255, remainderOf(word)]));
}

/** CRC-8 of a word as plain polynomial division: x^8 + x^5 + x^4 + 1, start 0xFF. Written apart from the driver's. */
function remainderOf(word: number): number {
  let dividend = (word ^ 0xff00) << 8;
  for (let bit = 23; bit >= 8; bit--) if (dividend & (1 << bit)) dividend ^= 0x131 << (bit - 8);
  return dividend & 0xff;
}

/** What the chip handed out, counted where it leaves the chip. */
export interface SensorReadout {
  /** When the conversion was started. */
  readonly atUs: number;
  readonly temperatureCode: number;
  readonly humidityCode: number;
}

export interface SensirionOptions {
  readonly kernel: Kernel;
  /** The air at the sensor. */
  readonly air: () => SensedAir;
  readonly serial: number;
  readonly onReadout?: (readout: SensorReadout) => void;
  readonly faults?: readonly SensorFault[];
}
