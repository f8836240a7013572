/**
 * The hardware watchdog.
 *
 * Contract: once started, the board resets unless `kick` comes at least every `seconds`. It cannot be stopped, and only
 * progress (a reading written, a session advanced) may kick it: a timer that kicks would hide a dead program.
 */
export interface Watchdog {
  start(seconds: number): void;
  kick(): void;
}
