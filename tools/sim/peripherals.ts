import type { OneWireLine } from './chips/one-wire-line.ts';
import type { SpiChip } from './chips/spi-chip.ts';

/** What a virtual board may have besides its I2C bus, by the number of the processor's pin. */
export interface Peripherals {
  /** The level of an input pin. Without it, and where nothing drives the pin, its pull-up makes it high. */
  readonly pinRead?: (pin: number) => boolean;
  readonly oneWire?: ReadonlyMap<number, OneWireLine>;
  /** By the pin that selects the chip. */
  readonly spi?: ReadonlyMap<number, SpiChip>;
}
