import { describe, expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { energyCommand } from './command.ts';

async function energy(...options: string[]): Promise<string> {
  const printed: string[] = [];
  await energyCommand((text) => printed.push(text)).parseAsync(options, { from: 'user' });
  return printed.join('\n');
}

async function errorOf(...options: string[]): Promise<ColdrailError> {
  const thrown = await energy(...options).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ColdrailError);
  return thrown as ColdrailError;
}

describe('coldrail energy', () => {
  test('shows good coverage, dead zones and hourly reporting side by side, with days at +20 and -20 C', async () => {
    const lines = (await energy('--dead-share', '0.3')).split('\n');
    expect(lines.find((line) => line.startsWith('mAh a day'))).toMatch(
      /good coverage +30 % dead +hourly, no policy, 30 % dead$/,
    );
    expect(lines.find((line) => line.startsWith('board asleep'))).toMatch(/ 9\.5 /);
    const days = (celsius: number) =>
      (lines.find((line) => line.startsWith(`days at ${celsius} C`)) ?? '')
        .split(/ {2,}/)
        .slice(1)
        .map(Number);
    expect(days(20)).toHaveLength(3);
    // What a cell gives at -20 C, against what it gives at 20: a little below half.
    for (const [at, warm] of days(20).entries()) expect((days(-20)[at] ?? 0) / warm).toBeCloseTo(0.467, 1);
    expect(lines.at(-1)).toContain('Li-ion 18650, 3.0 Ah');
  });

  test('gives the same as JSON', async () => {
    const { board, battery, ways } = JSON.parse(await energy('--board', 't-a7670', '--json'));
    expect(board).toBe('t-a7670');
    expect(battery.capacityMilliampHours).toBe(3000);
    for (const { byState, perDay, days } of ways) {
      const total = byState.reduce(
        (sum: number, { milliampHours }: { milliampHours: number }) => sum + milliampHours,
        0,
      );
      expect(perDay).toBeCloseTo(total);
      expect(days[0]).toEqual({ celsius: 20, days: expect.closeTo(3000 / perDay) });
    }
  });

  test('takes another battery', async () => {
    expect(await energy('--battery', 'lisocl2-d')).toContain('19 Ah');
    expect(await errorOf('--battery', 'AA')).toMatchObject({ id: 'sim.unknown-battery', exitCode: 2 });
  });

  test.each([
    [['--dead-share', '1.01'], 'usage.number'],
    [['--dead-share', 'half'], 'usage.number'],
    [['--interval', '59'], 'usage.number'],
    [['--uplink', '900.5'], 'usage.integer'],
    [['--fix', ''], 'usage.number'],
    [['--interval', '1200', '--uplink', '900'], 'energy.shorter-than-interval'],
    [['--interval', '900', '--fix', '600'], 'energy.shorter-than-interval'],
    [['--board', 'toString'], 'build.unknown-board'],
  ])('refuses %j with %s', async (options, id) => {
    expect(await errorOf(...options)).toMatchObject({ id, exitCode: 2 });
  });

  test('takes the ends of the range: no dead zone, and nothing else', async () => {
    for (const share of ['0', '1']) expect(await energy('--dead-share', share)).not.toMatch(/NaN|Infinity/);
  });
});
