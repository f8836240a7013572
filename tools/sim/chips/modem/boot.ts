import type { Running } from './running.ts';
import { between, MS, S } from './scope.ts';

/** What a family says while it boots. */
export interface Boot {
  /** From power-on to the first line, microseconds. */
  readonly readyUs: readonly [number, number];
  readonly ready: readonly string[];
  /** Follows shortly, where there is such a line. */
  readonly next: string | undefined;
  /** After +CPIN, when the SIM can be used. */
  readonly simReady: readonly string[];
  /** When phone book and messages have been read, seconds later. */
  readonly done: readonly string[];
}

/** From power-on to the last boot message. When anything but noise is heard depends on autobaud. */
export function boot(modem: Running): void {
  const { scope, random, family, firmware, faults } = modem;
  const [lowUs, highUs] = firmware.readyUs ?? family.boot.readyUs;
  const readyUs = between(random, lowUs, highUs);
  const noisy = random.int(0, 2) === 0;
  if (faults.noiseAtBoot ?? noisy) {
    scope.after(between(random, 100 * MS, 1500 * MS), () => modem.noise(noise(modem)));
  }
  scope.after(readyUs, () => {
    modem.ready();
    if (modem.hung) return;
    say(modem, family.boot.ready);
    const { next } = family.boot;
    if (next) scope.after(between(random, 50 * MS, 300 * MS), () => modem.urc(next));
    scope.after(between(random, 300 * MS, 1500 * MS), () => readSim(modem));
  });
}

function readSim(modem: Running): void {
  const { scope, random, family } = modem;
  const state = modem.sim.wake();
  modem.urc(`+CPIN: ${state === 'absent' ? 'NOT INSERTED' : state}`);
  modem.updateRadio();
  if (state !== 'READY') return;
  say(modem, family.boot.simReady);
  scope.after(between(random, 2 * S, 8 * S), () => say(modem, family.boot.done));
}

function say(modem: Running, lines: readonly string[]): void {
  for (const line of lines) modem.urc(line);
}

/** Level changes while the UART starts read as bytes like these. */
function noise(modem: Running): Uint8Array {
  const length = modem.random.int(1, 12);
  const lead = [0xf0, 0x80];
  return Uint8Array.from({ length }, (_, index) => lead[index] ?? modem.random.int(0x80, 0xff));
}
