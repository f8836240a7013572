import { describe, expect, test } from 'vitest';
import { traceOnEspruino, traceOnVm } from '../tools/lockstep/lockstep.ts';

/** Runs where ESPRUINO names an interpreter; `npm run espruino` is the long form, and says so where it does not. */
describe.skipIf(!process.env['ESPRUINO'])('the real interpreter', () => {
  for (const board of ['t-sim7080g-s3', 'espruino-linux']) {
    test(`leaves the same bytes in flash and on the wire as the simulator: ${board}`, async () => {
      const options = {
        board,
        scenario: 'hanoi-duisburg',
        seed: 5,
        hours: 5,
        intervalS: 600,
      };
      const simulated = await traceOnVm(options, () => {});
      const real = await traceOnEspruino(options, () => {});
      expect(real.complaints).toEqual([]);
      expect(real.inDatabase).toBeGreaterThan(20);
      expect(Buffer.compare(real.flash, simulated.flash)).toBe(0);
      expect(real.wireDigest).toBe(simulated.wireDigest);
    });
  }
});
