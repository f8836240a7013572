import { describe, expect, it } from 'vitest';
import {
  DriverBench,
  type DriverBenchOptions,
  profiles,
  target,
} from '../../tools/conformance/driver-bench.ts';
import { berlin } from '../../tools/sim/chips/modem/bench.ts';
import type { FamilyName } from '../../tools/sim/chips/modem/families/index.ts';
import { OK } from '../faults.ts';
import { grantedTauS, tauBits } from './power-saving.ts';

it.each([
  [600, '00000001'],
  [14_400, '00011000'],
  [18_600, '00011111'],
  [21_600, '00100110'],
  [111_600, '00111111'],
])('a TAU of %i s is %s', (seconds, bits) => {
  expect(tauBits(seconds)).toBe(bits);
  expect(grantedTauS(`+CEREG: 4,1,"5B57","195071B",9,,,"00000001","${bits}"`)).toBe(seconds);
});

it.each([
  ['+CEREG: 4,1,"5B57","195071B",9,,,"00000001","01011111"', 1_116_000],
  ['+CEREG: 4,5,"5B57","195071B",7,,,"00100110","11100000"', 0],
  ['+CEREG: 4,5,"5B57","195071B",7', 0],
  ['+CEREG: 4,2', 0],
  ['', 0],
])('%s grants %i s', (line, seconds) => {
  expect(grantedTauS(line)).toBe(seconds);
});

const families: FamilyName[] = ['sim7080', 'bg9x'];

describe.each(families)('%s', (family) => {
  function asking(powerSavingS: number, options: DriverBenchOptions = {}) {
    const bench = new DriverBench({ family, ...options });
    bench.world.cells = { 'LTE-M': berlin };
    const searches = profiles[family].technologies.map((one) => ({
      technology: one,
      withinS: 60,
      network: 0,
    }));
    return { bench, session: () => bench.open(400, { ...target, searches, powerSavingS }) };
  }

  it('is left registered where the network grants what was asked for, and serves the next session', async () => {
    const { bench, session } = asking(21_600);
    for (let round = 0; round < 2; round++) {
      const { faults } = session();
      await bench.until(() => faults.length > 0, 420);
      expect(faults).toEqual([OK]);
      expect(bench.link.report().powerSavingS).toBe(21_600);
      expect(await bench.close()).toHaveLength(1);
      expect(bench.world.modem.state).toBe('registered');
      await bench.run(3600);
    }
  });

  it('is switched off where the network refuses', async () => {
    const { bench, session } = asking(21_600);
    bench.world.grants.psm = false;
    const { faults } = session();
    await bench.until(() => faults.length > 0, 420);
    expect(faults).toEqual([OK]);
    expect(bench.link.report().powerSavingS).toBe(0);
    await bench.close();
    expect(bench.world.modem.state).toBe('off');
  });

  it('is not asked where nobody wants it', async () => {
    const { bench, session } = asking(0);
    const { faults } = session();
    await bench.until(() => faults.length > 0, 420);
    expect(bench.written.some((text) => text.startsWith('AT+CPSMS'))).toBe(false);
    await bench.close();
    expect(bench.world.modem.state).toBe('off');
  });
});
