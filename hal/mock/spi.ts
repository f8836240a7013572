import type { SpiDevice } from '../spi.ts';

/** A chip that is nothing but 128 registers: the first byte is an address, its highest bit set to write. */
export interface MockSpi extends SpiDevice {
  readonly registers: Uint8Array;
}

export function mockSpi(): MockSpi {
  const registers = new Uint8Array(128);
  return {
    registers,
    transfer: ([first = 0, ...values]) => {
      const answers = values.map((value, index) => {
        const address = (first + index) & 127;
        const before = registers[address];
        if (first & 128) registers[address] = value;
        return first & 128 ? 0xff : before;
      });
      return Uint8Array.of(0xff, ...answers);
    },
  };
}
