import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bytesOnAir, onAirS, payload, registerS } from './session-costs.ts';
import { TECHNOLOGIES } from './technology.ts';

describe('what a session costs', () => {
  test('is a full handshake and a batch for the few readings of four hours', () => {
    const { bytes } = payload(24, 64);
    expect(bytes).toBe(84);
    expect(bytesOnAir('LTE', bytes)).toBeGreaterThan(2200);
    expect(bytesOnAir('LTE', bytes)).toBeLessThan(2700);
  });

  test('approaches the readings themselves for the backlog of a week: below 8 bytes for each', () => {
    const { readings, bytes } = payload(1008, 64);
    for (const technology of TECHNOLOGIES)
      expect(bytesOnAir(technology, bytes) / readings, technology).toBeLessThan(8);
  });

  test('stays within what the plan of a session allows', () => {
    expect(payload(100_000, 2)).toEqual({ readings: 585, bytes: 2048 });
  });

  test('takes longer the less the modem knows of a network, and on the slower technology', () => {
    for (const technology of TECHNOLOGIES) {
      const known = registerS(technology, 'knownNetwork');
      expect(known).toBeLessThan(registerS(technology, 'sameCountry'));
      expect(registerS(technology, 'newCountry')).toBeLessThanOrEqual(120);
      expect(known).toBeLessThanOrEqual(60);
    }
    expect(onAirS('NB-IoT', 9000).sendS).toBeGreaterThan(onAirS('LTE-M', 9000).sendS);
  });

  test('has a source or an assumption for each figure', () => {
    const file = JSON.parse(readFileSync(new URL('../data/sessions-2026-11.json', import.meta.url), 'utf8'));
    const { what, collected, registerS: register, ...figures } = file;
    expect([typeof what, typeof collected]).toEqual(['string', 'string']);
    for (const figure of [...Object.values(figures), ...Object.values(register)] as object[])
      expect('source' in figure || 'assumption' in figure, JSON.stringify(figure)).toBe(true);
  });
});
