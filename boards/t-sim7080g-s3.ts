/**
 * LilyGO T-SIM7080G: ESP32-S3, 16 MB flash, SIM7080G (LTE-M, NB-IoT, GNSS), AXP2101.
 * Pins: LilyGo-T-SIM7080G, examples/ATDebug/utilities.h and schematic. BLDO1 feeds the level shifter between the two chips
 * and is never switched; DC1 feeds the ESP32.
 */
import { run } from '../firmware/main.ts';
import { axp2101 } from '../hal/drivers/axp2101.ts';
import { reedDoor } from '../hal/drivers/door.ts';
import { ds18b20 } from '../hal/drivers/ds18b20.ts';
import { reeferSocket } from '../hal/drivers/reefer-socket.ts';
import { sht4x } from '../hal/drivers/sht4x.ts';
import { espruinoClock } from '../hal/espruino/clock.ts';
import { espruinoDigitalInput } from '../hal/espruino/digital-input.ts';
import { espruinoI2c } from '../hal/espruino/i2c.ts';
import { espruinoModemUart } from '../hal/espruino/modem-uart.ts';
import { espruinoOneWire } from '../hal/espruino/one-wire.ts';
import { espruinoTracker } from '../hal/espruino/tracker.ts';
import type { Fittings } from '../hal/fittings.ts';
import { modem } from '../hal/modem/modem.ts';
import { sim7080 } from '../hal/modem/profiles/sim7080.ts';
import { AMBIENT, RETURN, SUPPLY } from '../hal/probe.ts';

const PIN_SDA = 15; // shared with the AXP2101
const PIN_SCL = 7;
const PIN_MODEM_TX = 5; // towards the modem; the other LilyGO S3 boards have 4 and 5 the other way round
const PIN_MODEM_RX = 4;
const PIN_PWRKEY = 41; // through a transistor: high is pressed
// Assumptions, from no pin map: compare them with the schematic before anything is soldered.
const PIN_ONE_WIRE = 16;
const PIN_DOOR = 17; // a reed contact to ground, shut with the doors
const PIN_COMPRESSOR = 8; // the three signals of the reefer's socket, behind opto-couplers
const PIN_DEFROST = 18;
const PIN_IN_RANGE = 21;

/** The partition "flash" of Espruino's table, 64 KiB. Flash.getFree() names more, but that lies inside Storage or NVS. */
const RAW_FLASH = { address: 0x310000, pages: 16, erases: 4096 };

const bus = espruinoI2c(PIN_SDA, PIN_SCL, 100000);
const pmu = axp2101(bus);
const radio = modem(
  () => sim7080(),
  espruinoModemUart(Serial2, 115200, { tx: Pin(PIN_MODEM_TX), rx: Pin(PIN_MODEM_RX) }),
  espruinoClock,
  {
    supply: pmu.modemSupply,
    antenna: pmu.gnssAntenna,
    pwrkey: (pressed) => {
      Pin(PIN_PWRKEY).write(pressed);
    },
  },
);

/** A reading comes and goes, and these with it. */
function fittings(): Fittings {
  return {
    probes: [
      { place: SUPPLY, measuresHumidity: true, sensor: sht4x(bus, 0x44, espruinoClock) },
      { place: RETURN, measuresHumidity: false, sensor: sht4x(bus, 0x45, espruinoClock) },
      {
        place: AMBIENT,
        measuresHumidity: false,
        // Made where it is fitted, which is a matter of configuration.
        get sensor() {
          return ds18b20(espruinoOneWire(PIN_ONE_WIRE), null, espruinoClock);
        },
      },
    ],
    door: reedDoor(espruinoDigitalInput(PIN_DOOR, 'input_pullup'), null),
    reefer: reeferSocket(
      espruinoDigitalInput(PIN_COMPRESSOR, 'input_pullup'),
      espruinoDigitalInput(PIN_DEFROST, 'input_pullup'),
      espruinoDigitalInput(PIN_IN_RANGE, 'input_pullup'),
    ),
  };
}

run(
  espruinoTracker({
    rawFlash: RAW_FLASH,
    fittings,
    radio,
    battery: pmu,
    console: Serial1,
  }),
);
