import type { ModemUart } from '../modem-uart.ts';

/** A UART with a modem on it. `path` names the device of Espruino for Linux and is absent on a board. */
export function espruinoModemUart(
  serial: EspruinoSerial,
  baud: number,
  options: { tx: EspruinoPin; rx: EspruinoPin; path?: string },
): ModemUart {
  return {
    open: (onBytes) => {
      serial.setup(baud, options);
      serial.on('data', onBytes);
    },
    write: (data) => {
      serial.write(data);
    },
    close: () => {
      serial.removeAllListeners('data');
      serial.unsetup();
    },
  };
}
