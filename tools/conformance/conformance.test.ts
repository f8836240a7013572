import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkBundle } from '../check/check.ts';
import { EspruinoEngine } from '../sim/espruino/engine.ts';
import { VmEngine } from '../sim/vm/engine.ts';
import { bundleConformance, type Conformance, type ConformanceOptions, runConformance } from './run.ts';

const makeEngine: ConformanceOptions['makeEngine'] = (kernel, _hardware, bundle) =>
  new VmEngine(kernel, bundle, 'conformance.js');

describe('the conformance suite', () => {
  it('is a program that the device can run', async () => {
    expect(checkBundle(await bundleConformance())).toEqual([]);
  });

  it.each([
    ['sensor unplugged', 'supply air gives null and a reason when the sensor does not answer'],
    ['gauge no-battery', 'battery gives null when no battery is fitted'],
    ['peer hangs-up', 'link tells the end of a stream once, and sends no more'],
    ['sky covered', 'gnss finds none without a sky, and says so in time'],
  ])('notices when "%s" makes no difference', async (order, rule) => {
    const result = await runConformance({
      seed: 1,
      makeEngine,
      passes: (given) => given !== order,
    });
    expect(result.ended).toBe(true);
    expect(result.broken.filter((one) => one.startsWith(rule))).toHaveLength(1);
  });
});

describe.each([1, 2, 3, 4])('the Espruino implementation over the chips, seed %i', (seed) => {
  let result: Conformance;
  beforeAll(async () => {
    result = await runConformance({ seed, makeEngine });
  });

  it('keeps every contract', () => {
    expect(result.broken).toEqual([]);
    expect(result.complaints).toEqual([]);
    expect(result.ended).toBe(true);
    expect(result.holds.length).toBeGreaterThan(70);
  });

  it('is reset by its watchdog when nobody kicks any more', () => {
    expect(result.bites).toBe(1);
  });
});

/** Runs where ESPRUINO names an interpreter. */
describe.skipIf(!process.env['ESPRUINO'])('the Espruino implementation on the real interpreter', () => {
  it('keeps every contract', { timeout: 600_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coldrail-conformance-'));
    try {
      const result = await runConformance({
        seed: 1,
        makeEngine: (kernel, { flash }, bundle) => {
          const interpreter = process.env['ESPRUINO'] as string;
          return new EspruinoEngine({ kernel, interpreter, bundle, folder, flash });
        },
      });
      expect(result.broken).toEqual([]);
      expect(result.complaints).toEqual([]);
      expect(result.ended).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
