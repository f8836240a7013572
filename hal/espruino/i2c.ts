import type { I2cBus } from '../i2c.ts';

/** I2C1 on the given pins. Espruino throws on a missing acknowledge; the contract wants a value. */
export function espruinoI2c(sda: number, scl: number, bitrate: number): I2cBus {
  I2C1.setup({ sda: Pin(sda), scl: Pin(scl), bitrate });
  return {
    write: (address, bytes) => {
      try {
        I2C1.writeTo(address, bytes);
        return true;
      } catch (_noAcknowledge) {
        return false;
      }
    },
    read: (address, count) => {
      try {
        return I2C1.readFrom(address, count);
      } catch (_noAcknowledge) {
        return null;
      }
    },
  };
}
