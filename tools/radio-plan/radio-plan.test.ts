import { describe, expect, test } from 'vitest';
import { NO_DATA_CONTEXT, OK } from '../../hal/faults.ts';
import { loadCorridor } from '../world/load-corridor.ts';
import { findScenario } from '../world/scenario.ts';
import { radioPlanCommand } from './command.ts';
import { chooseModem } from './modem-choice.ts';
import { profileOf } from './operators.ts';
import { type RadioPlanOptions, radioPlan } from './radio-plan.ts';
import { radioRide } from './radio-ride.ts';

const corridor = loadCorridor();
const planOf = (changes: Partial<RadioPlanOptions> = {}) =>
  radioPlan({
    corridor,
    scenario: findScenario('hanoi-duisburg'),
    modem: chooseModem(undefined, undefined),
    seed: 1,
    intervalS: 600,
    uplinkIntervalS: 14_400,
    ...changes,
  });

describe('a plan', () => {
  const plan = planOf({ costPerMb: 5 });

  test('has a leg for each country, in order, and their sum', () => {
    const { legs, total } = plan;
    expect(legs.map(({ country }) => country)).toEqual(['VN', 'CN', 'KZ', 'RU', 'BY', 'PL', 'DE']);
    for (const field of [
      'hours',
      'tried',
      'delivered',
      'heldBack',
      'readings',
      'bytes',
      'searchedS',
    ] as const)
      expect(legs.reduce((sum, leg) => sum + leg[field], 0)).toBeCloseTo(total[field]);
    expect(total.cost).toBeCloseTo((total.bytes / 1e6) * 5);
  });

  test('accounts for every reading: delivered, or waiting at the end', () => {
    expect(plan.total.readings + plan.waiting).toBe(25 * 24 * 6);
  });

  test('is the same for the same seed', () => {
    expect(planOf({ costPerMb: 5 })).toEqual(plan);
  });

  test('knows no cost without a price', () => {
    expect(planOf().total.cost).toBeNull();
  });

  test('with fewer sessions takes fewer bytes and less charge', () => {
    const rare = planOf({ uplinkIntervalS: 86_400 });
    expect(rare.total.delivered).toBeLessThan(plan.total.delivered / 2);
    expect(rare.total.bytes).toBeLessThan(plan.total.bytes);
    expect(rare.total.milliampHours.sessions).toBeLessThan(plan.total.milliampHours.sessions);
    expect(rare.total.readings + rare.waiting).toBe(25 * 24 * 6);
  });

  test('tells a SIM7080G that its roaming SIM is dark as far as Belarus, and a Cat-1 modem that its is not', () => {
    const scenario = findScenario('hanoi-duisburg-roaming');
    const delivers = (modem: RadioPlanOptions['modem']) =>
      planOf({ scenario, modem })
        .legs.filter(({ delivered }) => delivered > 0)
        .map(({ country }) => country);
    expect(delivers(chooseModem('t-sim7080g-s3', undefined))).toEqual(['BY', 'PL', 'DE']);
    expect(delivers(chooseModem('t-sim7000g', undefined))).toEqual(['KZ', 'RU', 'BY', 'PL', 'DE']);
    expect(delivers(chooseModem(undefined, 'LTE,GSM'))).toEqual(['VN', 'CN', 'KZ', 'RU', 'BY', 'PL', 'DE']);
  });

  test('waits out the day in which Russia refuses data with few tries', () => {
    const russia = plan.legs.find(({ country }) => country === 'RU');
    expect(russia?.delivered).toBeGreaterThan(5);
    expect((russia?.tried ?? 0) - (russia?.delivered ?? 0)).toBeLessThan(24);
  });
});

test('a tracker in a country that bars data keeps registering, and delivers in the second day', () => {
  const joins: number[] = [];
  const { sessions } = radioRide(
    {
      cell: (technology, atS) => {
        const cell = { mcc: '250', mnc: '01', roaming: true, rssiDbm: -90, tac: 1, cellId: 1 };
        if (technology !== 'GSM') return undefined;
        return atS - (joins[0] ?? atS) < 86_400 ? { ...cell, refuses: 'data' } : cell;
      },
      joined: (_cell, atS) => joins.push(atS),
      position: (atS) => ({ latDeg: 55, lonDeg: 60 - (atS / 3600) * 0.8 }),
    },
    {
      seconds: 3 * 86_400,
      intervalS: 600,
      fixIntervalS: 3600,
      uplinkIntervalS: 14_400,
      technologies: ['LTE-M', 'GSM'],
    },
  );
  const refused = sessions.filter(({ fault }) => fault === NO_DATA_CONTEXT);
  expect(refused.length).toBeLessThan(12);
  const delivered = sessions.find(({ fault }) => fault === OK)?.atS ?? Number.NaN;
  expect(delivered / 3600).toBeLessThan(31);
  joins.forEach((atS, index) => {
    expect(atS - (joins[index - 1] ?? 0)).toBeLessThanOrEqual(6 * 3600 + 600);
  });
});

describe('a SIM by its operators', () => {
  test('has what the corridor says of them, whatever the contract', () => {
    const { networks } = profileOf(corridor, '45204, 26201');
    expect(networks.map(({ country, operator }) => [country, operator])).toEqual([
      ['VN', 'Viettel'],
      ['DE', 'Telekom'],
    ]);
    expect(networks[0]?.technologies.toSorted()).toEqual(['LTE', 'NB-IoT']);
  });
});

describe('the command', () => {
  async function answer(...argv: string[]): Promise<string> {
    const printed: string[] = [];
    await radioPlanCommand((text) => printed.push(text))
      .exitOverride()
      .parseAsync(argv, { from: 'user' });
    return printed.join('\n');
  }

  test('prints a line for each country', async () => {
    const text = await answer('--board', 't-sim7000g', '--cost-per-mb', '5');
    for (const country of ['Vietnam', 'China', 'Kazakhstan', 'Russia', 'Belarus', 'Poland', 'Germany', 'all'])
      expect(text).toMatch(new RegExp(`^${country} +[0-9]`, 'm'));
    for (const line of text.split('\n').slice(1)) expect(line.length).toBeLessThan(160);
  });

  test('prints JSON that says what was asked and what came out', async () => {
    const plan = JSON.parse(
      await answer('--json', '--operators', '45204,46000', '--uplink-interval', '3600'),
    );
    expect(plan).toMatchObject({ sim: '45204,46000', uplinkIntervalS: 3600, costPerMb: null });
    expect(plan.legs).toHaveLength(7);
    const zone = JSON.parse(await answer('--json', '--dead-zone', '6'));
    expect(zone).toMatchObject({ days: 6, hourly: { tries: 144 } });
  });

  test('compares with a try every hour', async () => {
    expect(await answer('--dead-zone', '6')).toMatch(/takes 6\.\d times less/);
  });

  test.each([
    ['radio-plan.operator', ['--operators', '45204,1']],
    ['radio-plan.operator', ['--operators', '']],
    ['radio-plan.technology', ['--technologies', '5G']],
    ['radio-plan.no-board', ['--technologies', 'LTE,NB-IoT']],
    ['radio-plan.no-board', ['--board', 't-sim7080g-s3', '--technologies', 'GSM']],
    ['build.unknown-board', ['--board', 'toString']],
    ['scenario.unknown', ['--scenario', 'moon']],
    ['usage.number', ['--interval', '3']],
    ['usage.number', ['--dead-zone', '0']],
    ['usage.number', ['--cost-per-mb', '-1']],
    ['usage.integer', ['--uplink-interval', '900.5']],
  ])('answers wrong use with %s', async (id, argv) => {
    await expect(answer(...argv)).rejects.toMatchObject({ id, remedy: expect.stringMatching(/\S/) });
  });
});
