import type { OneWireBus } from '../one-wire.ts';

/** A 1-Wire line on the given pin. On a long cable the chip's own pull-up is too weak: 2.2 kOhm to 3.3 V. */
export function espruinoOneWire(pin: number): OneWireBus {
  const wire = new OneWire(Pin(pin));
  return {
    reset: () => wire.reset(),
    write: (bytes) => {
      wire.write(bytes);
    },
    read: (count) => wire.read(count),
  };
}
