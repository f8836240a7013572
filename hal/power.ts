/**
 * Why the tracker runs, and how it stops running.
 *
 * Contract:
 * - `wakeCause` is `timer` only when deep sleep ended as asked; anything else means that RAM and perhaps the clock were
 *   lost for another reason, and the caller must treat it as a new power-on.
 * - `sleep` ends the program: all RAM is lost and the next thing that runs is a boot. It takes 1 to LONGEST_SLEEP_S
 *   seconds; a caller who wants more sleeps again. Work that must survive is in flash before the call.
 * - `restart` ends the program and starts it again at once, as a reset does: the wake behind it is no `timer`.
 */
export type WakeCause = 'timer' | 'power-on' | 'brown-out' | 'watchdog' | 'software';

/** Espruino's `ESP32.deepSleep` takes a signed 32-bit count of microseconds: 2147 s. 35 minutes leave room. */
export const LONGEST_SLEEP_S = 2100;

export interface Power {
  wakeCause(): WakeCause;
  sleep(seconds: number): void;
  restart(): void;
}
