/**
 * Maxim DS18B20, temperature on 1-Wire, fed by a wire of its own.
 * Datasheet: DS18B20, 19-7487 Rev 6: temperature register (figure 4), scratchpad (figure 9), configuration register (table 2),
 * CRC generation, ROM and function commands.
 */
import type { Clock } from '../clock.ts';
import type { OneWireBus } from '../one-wire.ts';
import type { Climate, ThermoHygrometer } from '../thermo-hygrometer.ts';
import { failedClimate } from './failure.ts';

const SKIP_ROM = 0xcc;
const MATCH_ROM = 0x55;
const CONVERT = 0x44;
const READ_SCRATCHPAD = 0xbe;

/** 750 ms at most at 12 bits, and a little for the interpreter's timer. */
const CONVERSION_MS = 760;
/** A transfer that the bus has spoiled is made again, up to three times in all. */
const TRIES = 3;

/** What the register holds after power-on, 85 C: until the first conversion, or when power failed during one. */
const POWER_ON = 0x0550;
/** What it holds when the supply was too weak to convert. */
const UNDER_POWERED = 0x07ff;
/** 125 and -55 C, the ends of the part's range, in sixteenths. */
const HIGHEST = 2000;
const LOWEST = -880;

/** CRC-8 of Dallas: polynomial 0x31 reflected, start 0. Over bytes that end with their own check digit it gives 0. */
export function dallasCrc(bytes: Uint8Array | readonly number[]): number {
  let crc = 0;
  for (let i = 0; i < bytes.length; i++) {
    crc ^= bytes[i];
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8c : crc >> 1;
  }
  return crc;
}

/** `isFresh`: the chip has said that it has converted; else the register still holds an older value. */
function convert(scratchpad: Uint8Array, isFresh: boolean): Climate {
  let any = 0;
  let all = 0xff;
  for (let i = 0; i < scratchpad.length; i++) {
    any |= scratchpad[i];
    all &= scratchpad[i];
  }
  // The check digit of nothing but zeros is right.
  if (any === 0) return failedClimate('bus');
  if (all === 0xff) return failedClimate('absent');
  if (dallasCrc(scratchpad) !== 0) return failedClimate('check');
  let sixteenths = (scratchpad[1] << 8) | scratchpad[0];
  if (!isFresh || sixteenths === POWER_ON || sixteenths === UNDER_POWERED) return failedClimate('not-ready');
  // Three bits are undefined at a resolution of 9 bits, none at 12.
  const resolution = (scratchpad[4] >> 5) & 3;
  sixteenths -= sixteenths & (7 >> resolution);
  if (sixteenths >= 0x8000) sixteenths -= 0x10000;
  if (sixteenths > HIGHEST || sixteenths < LOWEST) return failedClimate('range');
  // Half of these values end in half a thousandth, and Math.round of the device rounds halves below zero the other way.
  return { tempMilliC: Math.floor(sixteenths * 62.5 + 0.5), humidityMilliPct: null, failure: null };
}

/**
 * `rom`: the eight bytes of the chip's address in the order in which they travel, family code 0x28 first; null for a chip
 * that is alone on its wire.
 */
export function ds18b20(bus: OneWireBus, rom: readonly number[] | null, clock: Clock): ThermoHygrometer {
  const address = rom === null ? [SKIP_ROM] : [MATCH_ROM].concat(rom);

  /** False when no chip is on the wire. */
  function command(code: number): boolean {
    if (!bus.reset()) return false;
    bus.write(address.concat([code]));
    return true;
  }

  /** Starts a conversion. A chip that converts holds the line low; one that did not take the command leaves it high. */
  function start(): boolean {
    for (let i = 0; i < TRIES; i++) if (command(CONVERT) && bus.read(1)[0] !== 0xff) return true;
    return false;
  }

  function finish(started: boolean): Climate {
    const isFresh = started && bus.read(1)[0] === 0xff;
    let climate = failedClimate('no-answer');
    for (let i = 0; i < TRIES; i++) {
      if (command(READ_SCRATCHPAD)) climate = convert(bus.read(9), isFresh);
      if (climate.failure !== 'no-answer' && climate.failure !== 'check') return climate;
    }
    return climate;
  }

  return {
    measure: (done) => {
      const started = start();
      clock.after(started ? CONVERSION_MS : 0, () => {
        done(finish(started));
      });
    },
  };
}
