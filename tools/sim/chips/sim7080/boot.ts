import type { Running } from './running.ts';
import { between, MS, S } from './scope.ts';

/** From power-on to the last boot message. When anything but the first is heard depends on autobaud. */
export function boot(modem: Running): void {
  const { scope, random } = modem;
  const readyUs = between(random, 2 * S, 5 * S);
  if (random.int(0, 2) === 0) {
    scope.after(between(random, 100 * MS, 1500 * MS), () => modem.noise(noise(modem)));
  }
  scope.after(readyUs, () => {
    modem.ready();
    if (modem.hung) return;
    modem.urc('RDY');
    scope.after(between(random, 50 * MS, 300 * MS), () => modem.urc('+CFUN: 1'));
    scope.after(between(random, 300 * MS, 1500 * MS), () => {
      modem.urc(`+CPIN: ${modem.sim.wake()}`);
      modem.updateRadio();
      if (modem.sim.state !== 'READY') return;
      scope.after(between(random, 2 * S, 8 * S), () => modem.urc('SMS Ready'));
    });
  });
}

/** Level changes while the UART starts read as bytes like these. */
function noise(modem: Running): Uint8Array {
  const length = modem.random.int(1, 12);
  const lead = [0xf0, 0x80];
  return Uint8Array.from({ length }, (_, index) => lead[index] ?? modem.random.int(0x80, 0xff));
}
