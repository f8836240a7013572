import type { Console } from '../console.ts';

/**
 * The console on a serial port, `baud` with XON/XOFF. From here on the interpreter's own console is locked: E.setConsole(null)
 * takes it off every port.
 */
export function espruinoConsole(serial: EspruinoSerial, baud: number): Console {
  E.setConsole(null);
  serial.setup(baud, { flow: 'xon' });
  return {
    line: (text) => {
      serial.write(text);
      serial.write('\r\n');
    },
    write: (text) => {
      serial.write(text);
    },
    listen: (hear) => {
      serial.removeAllListeners('data');
      if (hear !== null) serial.on('data', hear);
    },
    release: () => {
      serial.removeAllListeners('data');
      E.setConsole(serial);
    },
  };
}
