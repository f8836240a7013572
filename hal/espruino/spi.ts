import type { SpiDevice } from '../spi.ts';

/** SPI1 on the given pins. The function that it returns makes a device of the pin that selects it. */
export function espruinoSpi(
  pins: { readonly sck: number; readonly miso: number; readonly mosi: number },
  baud: number,
  mode: number,
): (pin: number) => SpiDevice {
  SPI1.setup({ sck: Pin(pins.sck), miso: Pin(pins.miso), mosi: Pin(pins.mosi), baud, mode });
  return (pin) => {
    // A chip that floats at its select line would answer for another.
    Pin(pin).write(true);
    return {
      // A plain array goes out byte by byte. A typed one goes out as a whole, and there the ESP32 port looks for an
      // error in a variable that it has never set.
      transfer: (bytes) => SPI1.send(bytes, Pin(pin)),
    };
  };
}
