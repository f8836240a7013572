/** Measures with all that hangs on pins, and prints what came of it, a line each. The last line is `end`. */
import { reedDoor } from '../../../hal/drivers/door.ts';
import { ds18b20 } from '../../../hal/drivers/ds18b20.ts';
import { max31865 } from '../../../hal/drivers/max31865.ts';
import { reeferSocket } from '../../../hal/drivers/reefer-socket.ts';
import { espruinoClock } from '../../../hal/espruino/clock.ts';
import { espruinoConsole } from '../../../hal/espruino/console.ts';
import { espruinoDigitalInput } from '../../../hal/espruino/digital-input.ts';
import { espruinoOneWire } from '../../../hal/espruino/one-wire.ts';
import { espruinoSpi } from '../../../hal/espruino/spi.ts';
import type { ThermoHygrometer } from '../../../hal/thermo-hygrometer.ts';

/** As in pins.test.ts. */
const PIN_WIRE = 13;
const PIN_NO_WIRE = 14;
const PIN_SELECT = 21;
const PIN_NO_SELECT = 22;
const PINS_SOCKET = [34, 35, 36];
const PIN_DOOR = 33;
const PIN_LIGHT = 39;
const ROMS = [
  [0x28, 0xff, 0x80, 0x01, 0x00, 0x00, 0x00, 0x0c],
  [0x28, 0xfe, 0x80, 0x01, 0x00, 0x00, 0x00, 0x3b],
];

const wire = espruinoOneWire(PIN_WIRE);
const spi = espruinoSpi({ sck: 18, miso: 19, mosi: 23 }, 1000000, 1);
const sensors: ThermoHygrometer[] = [
  ds18b20(wire, ROMS[0], espruinoClock),
  ds18b20(wire, ROMS[1], espruinoClock),
  ds18b20(espruinoOneWire(PIN_NO_WIRE), null, espruinoClock),
  max31865(spi(PIN_SELECT), espruinoClock, { wires: 3 }),
  max31865(spi(PIN_NO_SELECT), espruinoClock, { wires: 3 }),
];
const terminal = espruinoConsole(Serial1, 115200);
const inputs = PINS_SOCKET.map((pin) => espruinoDigitalInput(pin, 'input'));
const socket = reeferSocket(inputs[0], inputs[1], inputs[2]);
const door = reedDoor(espruinoDigitalInput(PIN_DOOR, 'input_pullup'), () => analogRead(Pin(PIN_LIGHT)));

function look(): void {
  const signals = socket.read();
  terminal.line(
    signals === null
      ? 'socket unknown'
      : `socket ${signals.compressor} ${signals.defrost} ${signals.inRange}`,
  );
  terminal.line(`door ${door.isOpen()}`);
}

function measure(index: number): void {
  if (index >= sensors.length) {
    for (let i = 0; i < 8; i++) look();
    terminal.line('end');
    return;
  }
  sensors[index].measure((climate) => {
    terminal.line(`probe ${index} ${climate.tempMilliC} ${climate.failure}`);
    measure(index + 1);
  });
}

measure(0);
