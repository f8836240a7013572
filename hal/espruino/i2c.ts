import type { I2cBus } from '../i2c.ts';

/** What it takes at most until a chip that was cut off in the middle of a byte lets go: its bits, and the acknowledge. */
const PULSES = 9;

export interface EspruinoI2cBus extends I2cBus {
  /** After the last call SDA is held low, and clock pulses have not helped. */
  isStuck(): boolean;
}

/**
 * I2C1 on the given pins. Espruino throws on a missing acknowledge; the contract wants a value.
 *
 * A chip that lost its master in the middle of a byte holds SDA low for good, and the whole bus with it. When a call fails
 * and SDA is low, SCL is pulsed until the chip lets go (I2C specification UM10204, section 3.1.16), and the call is tried
 * once more. A chip that is just not there leaves SDA high and costs nothing.
 */
export function espruinoI2c(sda: number, scl: number, bitrate: number): EspruinoI2cBus {
  const data = Pin(sda);
  const clock = Pin(scl);
  let stuck = false;

  function setup(): void {
    I2C1.setup({ sda: data, scl: clock, bitrate });
  }

  /** Look at SDA and free it if it is low. True when it was low and is free now. */
  function recover(): boolean {
    stuck = !data.read();
    if (!stuck) return false;
    data.write(false);
    for (let pulse = 0; pulse < PULSES && stuck; pulse++) {
      clock.write(false);
      data.mode('output');
      clock.write(true);
      // With SCL high and SDA rising, each pulse ends in a stop, if the chip lets it.
      data.mode('input_pullup');
      stuck = !data.read();
    }
    setup();
    return !stuck;
  }

  /** Null when it has failed; for a write anything else is well. */
  function transfer(address: number, bytes: readonly number[] | null, count: number): Uint8Array | null {
    // On a stuck bus the ESP32 waits for a second; that is paid once and not at each call.
    if (stuck) recover();
    for (let tries = 0; tries < 2 && !stuck; tries++) {
      try {
        if (bytes === null) return I2C1.readFrom(address, count);
        I2C1.writeTo(address, bytes);
        return new Uint8Array(0);
      } catch (_noAcknowledge) {
        if (!recover()) return null;
      }
    }
    return null;
  }

  // A mode that is set by hand is what lets `read` look at SDA and leave it to the I2C unit.
  data.mode('input_pullup');
  setup();
  return {
    write: (address, bytes) => transfer(address, bytes, 0) !== null,
    read: (address, count) => transfer(address, null, count),
    isStuck: () => stuck,
  };
}
