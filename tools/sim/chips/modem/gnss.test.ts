import { describe, expect, it } from 'vitest';
import { Bench, openSky } from './bench.ts';

async function fields(bench: Bench): Promise<string[]> {
  const answer = await bench.command('AT+CGNSINF');
  return (/\+CGNSINF: ([^\r]*)\r/.exec(answer)?.[1] ?? '').split(',');
}

async function secondsToFix(bench: Bench): Promise<number> {
  await bench.command('AT+CGNSPWR=1');
  const startUs = bench.kernel.nowUs;
  for (let i = 0; i < 60; i++) {
    if ((await fields(bench))[1] === '1') return (bench.kernel.nowUs - startUs) / 1e6;
    await bench.run(1);
  }
  return Number.POSITIVE_INFINITY;
}

async function indoors(seed: number): Promise<string[]> {
  const bench = new Bench({ seed });
  await bench.powerUp();
  await bench.command('AT+CGNSPWR=1');
  await bench.run(60);
  return fields(bench);
}

describe('SIM7080 GNSS', () => {
  it('fills 18 fields whether off, searching or fixed', async () => {
    const bench = new Bench();
    await bench.powerUp();
    expect(await fields(bench)).toHaveLength(18);
    await bench.command('AT+CGNSPWR=1');
    expect(await fields(bench)).toHaveLength(18);
    bench.fix = openSky;
    await bench.run(60);
    const fixed = await fields(bench);
    expect(fixed).toHaveLength(18);
    expect(fixed.slice(0, 5)).toEqual(['1', '1', '20261121120000.000', '52.520000', '-0.405000']);
    expect(fixed[14]).toBe('9');
  });

  it('has no fix indoors, and hides it behind junk for some seeds', async () => {
    const statuses = new Set<string | undefined>();
    const positions = new Set<string | undefined>();
    for (let seed = 0; seed < 10; seed++) {
      const shown = await indoors(seed);
      statuses.add(shown[1]);
      positions.add(shown[3]);
    }
    expect(statuses).toEqual(new Set(['', '0']));
    expect(positions).toEqual(new Set(['', '44.060004']));
  });

  it('is slow from cold, quick within two hours of a fix, and cold again without supply', async () => {
    const bench = new Bench();
    bench.fix = openSky;
    await bench.powerUp();
    expect(await secondsToFix(bench)).toBeGreaterThan(24);
    await bench.command('AT+CGNSPWR=0');
    await bench.run(3600);
    expect(await secondsToFix(bench)).toBeLessThan(10);
    await bench.command('AT+CGNSPWR=0');
    await bench.run(7300);
    expect(await secondsToFix(bench)).toBeGreaterThan(24);
    bench.modem.setSupply(false);
    await bench.powerUp();
    expect(await secondsToFix(bench)).toBeGreaterThan(24);
  });

  it('shows where it was last, without a fix, after the view is gone', async () => {
    const bench = new Bench();
    bench.fix = openSky;
    await bench.powerUp();
    await secondsToFix(bench);
    bench.fix = undefined;
    await bench.run(10);
    const shown = await fields(bench);
    expect(shown[1]).not.toBe('1');
    expect(shown[3]).toBe('52.520000');
  });

  it('refuses GNSS while a PDP context is active, and a PDP context while GNSS is on', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.register();
    await bench.activate();
    expect(await bench.command('AT+CGNSPWR=1')).toContain('+CME ERROR: operation not allowed');
    await bench.command('AT+CNACT=0,0');
    expect(await bench.command('AT+CGNSPWR=1')).toContain('OK');
    expect(bench.states.at(-1)).toBe('gnss');
    expect(await bench.command('AT+CNACT=0,1')).toContain('+CME ERROR: operation not allowed');
    await bench.command('AT+CGNSPWR=0');
    expect(bench.states.at(-1)).not.toBe('gnss');
    expect(await bench.command('AT+CNACT=0,1')).toContain('OK');
  });

  it('does not register while GNSS has the radio', async () => {
    const bench = new Bench();
    await bench.powerUp();
    await bench.command('AT+CGNSPWR=1');
    await bench.run(120);
    expect(await bench.command('AT+CEREG?')).toContain('+CEREG: 0,2');
    await bench.command('AT+CGNSPWR=0');
    await bench.register();
  });
});
