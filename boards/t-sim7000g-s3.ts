/**
 * LilyGO T-SIM7000G-S3-Standard: ESP32-S3, 16 MB flash, SIM7000G (LTE-M, NB-IoT, GSM, GNSS). The modem hangs on the battery:
 * PWRKEY is all that the processor can do to it.
 * Pins: LilyGo-Modem-Series, examples/ATdebug/utilities.h.
 */
import { run } from '../firmware/main.ts';
import { adcBattery } from '../hal/drivers/adc-battery.ts';
import { noDoor } from '../hal/drivers/door.ts';
import { noReeferSocket } from '../hal/drivers/reefer-socket.ts';
import { sht4x } from '../hal/drivers/sht4x.ts';
import { espruinoClock } from '../hal/espruino/clock.ts';
import { espruinoI2c } from '../hal/espruino/i2c.ts';
import { espruinoModemUart } from '../hal/espruino/modem-uart.ts';
import { espruinoTracker } from '../hal/espruino/tracker.ts';
import type { Fittings } from '../hal/fittings.ts';
import { modem } from '../hal/modem/modem.ts';
import { sim7000 } from '../hal/modem/profiles/sim7000.ts';
import { RETURN, SUPPLY } from '../hal/probe.ts';

const PIN_SDA = 3;
const PIN_SCL = 2;
const PIN_MODEM_TX = 4; // towards the modem; the T-SIM7080G has 4 and 5 the other way round
const PIN_MODEM_RX = 5;
const PIN_PWRKEY = 46; // through a transistor: high is pressed
const PIN_BATTERY = 8;

/** The partition "flash" of Espruino's table, 64 KiB. Flash.getFree() names more, but that lies inside Storage or NVS. */
const RAW_FLASH = { address: 0x310000, pages: 16, erases: 4096 };

const bus = espruinoI2c(PIN_SDA, PIN_SCL, 100000);
const radio = modem(
  () => sim7000(),
  espruinoModemUart(Serial2, 115200, { tx: Pin(PIN_MODEM_TX), rx: Pin(PIN_MODEM_RX) }),
  espruinoClock,
  {
    supply: null,
    antenna: () => {},
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
    ],
    door: noDoor,
    reefer: noReeferSocket,
  };
}

run(
  espruinoTracker({
    rawFlash: RAW_FLASH,
    fittings,
    radio,
    battery: adcBattery(() => analogRead(Pin(PIN_BATTERY))),
    console: Serial1,
  }),
);
