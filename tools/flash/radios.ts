import { ColdrailError } from '../errors/error.ts';
import type { Repl } from './repl.ts';

/** Names as `ESP32.getState()` has them, and the call that switches each off. */
const SWITCHES = { Wifi: 'ESP32.enableWifi(false)', BLE: 'ESP32.enableBLE(false)' } as const;

/**
 * Switch WiFi and Bluetooth off, where there are any: they take more than half of the memory. The setting stays for ever;
 * but each call erases `.bootcde` and restarts the board, so this goes before everything else.
 * @param again gets back to the prompt
 * @returns what was switched off
 * @throws flash.radios-on where one is on again behind its restart
 */
export async function switchOffRadios(
  repl: Repl,
  again: () => Promise<unknown>,
  tell: (text: string) => void,
): Promise<string[]> {
  const done: string[] = [];
  for (const radio of await radiosOn(repl)) {
    tell(`Switching ${radio} off for good; the board restarts.`);
    await repl.tell(SWITCHES[radio]);
    await again();
    if ((await radiosOn(repl)).includes(radio)) throw new ColdrailError('flash.radios-on', { radio });
    done.push(radio);
  }
  return done;
}

async function radiosOn(repl: Repl): Promise<(keyof typeof SWITCHES)[]> {
  const state = await repl.ask<Record<string, unknown>>(
    'typeof ESP32=="undefined"||!ESP32.getState?{}:(function(s){return{Wifi:s.Wifi&&ESP32.enableWifi?1:0,' +
      'BLE:s.BLE&&ESP32.enableBLE?1:0}})(ESP32.getState())',
  );
  return (['Wifi', 'BLE'] as const).filter((radio) => state[radio]);
}
