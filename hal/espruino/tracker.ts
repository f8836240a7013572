import type { Battery } from '../battery.ts';
import type { Fittings } from '../fittings.ts';
import type { Radio } from '../modem/modem.ts';
import type { Tracker } from '../tracker.ts';
import { espruinoClock } from './clock.ts';
import { espruinoConsole } from './console.ts';
import { espruinoCrypto } from './crypto.ts';
import { esp32Power } from './esp32-power.ts';
import { espruinoFlash } from './flash.ts';
import { espruinoWatchdog } from './watchdog.ts';

const PAGE = 4096;
const CONSOLE_BAUD = 115200;
/** Two pages for the configuration, the rest of the raw region for the journal. */
const CONFIGURATION_PAGES = 2;

export interface Parts {
  /** The raw region: its address, its size in pages of 4096 bytes, and what one erase of the chip clears. */
  readonly rawFlash: { readonly address: number; readonly pages: number; readonly erases: number };
  readonly fittings: () => Fittings;
  readonly radio: Radio;
  readonly battery: Battery;
  /** The port that a technician's cable leads to. */
  readonly console: EspruinoSerial;
}

/** A tracker of what every Espruino board has, and the parts that one board adds. */
export function espruinoTracker(parts: Parts): Tracker {
  const raw = parts.rawFlash;
  const region = (first: number, pages: number) =>
    espruinoFlash(
      { address: raw.address + first * PAGE, pages, pageSize: PAGE, erases: raw.erases },
      espruinoCrypto,
    );
  return {
    clock: espruinoClock,
    power: esp32Power,
    configuration: region(0, CONFIGURATION_PAGES),
    journal: region(CONFIGURATION_PAGES, raw.pages - CONFIGURATION_PAGES),
    fittings: parts.fittings,
    gnss: parts.radio.gnss,
    get link() {
      return parts.radio.link;
    },
    forgetRadio: parts.radio.forget,
    battery: parts.battery,
    console: espruinoConsole(parts.console, CONSOLE_BAUD),
    watchdog: espruinoWatchdog,
    crypto: espruinoCrypto,
  };
}
