import type { I2cBus } from '../i2c.ts';

/** Chips that are nothing but 256 registers behind a pointer. */
export interface MockI2c extends I2cBus {
  /** The registers at each address that acknowledges. */
  readonly chips: Map<number, Uint8Array>;
}

export function mockI2c(): MockI2c {
  const chips = new Map<number, Uint8Array>();
  const pointers = new Map<number, number>();
  return {
    chips,
    write: (address, bytes) => {
      const registers = chips.get(address);
      const [pointer, ...values] = bytes;
      if (registers === undefined) return false;
      if (pointer === undefined) return true;
      for (const [index, value] of values.entries()) registers[(pointer + index) & 255] = value;
      pointers.set(address, (pointer + values.length) & 255);
      return true;
    },
    read: (address, count) => {
      const registers = chips.get(address);
      if (registers === undefined) return null;
      const pointer = pointers.get(address) ?? 0;
      pointers.set(address, (pointer + count) & 255);
      return Uint8Array.from({ length: count }, (_, index) => registers[(pointer + index) & 255]);
    },
  };
}
