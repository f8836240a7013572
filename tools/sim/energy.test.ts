import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { boardHardware } from './board-hardware.ts';
import { boardMilliamps, modemMilliamps, technologiesOf } from './currents.ts';
import { EnergyAccount } from './energy.ts';
import { HOUR_US, Kernel } from './kernel.ts';

const file = JSON.parse(readFileSync(new URL('../data/currents-2026-11.json', import.meta.url), 'utf8'));

describe('the account', () => {
  /** What an hour in these states takes. */
  async function hourOf(states: (account: EnergyAccount) => void, board?: string): Promise<number> {
    const kernel = new Kernel();
    const account = new EnergyAccount(kernel, board);
    states(account);
    await kernel.run(HOUR_US);
    return account.milliampHours();
  }

  test('adds board and modem over the time that they spend in a state', async () => {
    const mAh = await hourOf((account) => {
      account.board('awake');
      account.modem('searching');
    });
    expect(mAh).toBeCloseTo(35 + 60);
    expect(await hourOf((account) => account.modem('searching'))).toBe(0);
  });

  test('knows that 2G takes more than LTE-M', async () => {
    const onAir = (technology: 'GSM' | 'LTE-M') =>
      hourOf((account) => {
        account.board('asleep');
        account.modem('transmitting', technology);
      }, 't-sim7000g-s3');
    expect(await onAir('GSM')).toBeCloseTo(422 + 0.166);
    expect(await onAir('LTE-M')).toBeCloseTo(150 + 0.166);
  });
});

describe('the account by state', () => {
  async function aDay(ask: (account: EnergyAccount) => void) {
    const kernel = new Kernel();
    const account = new EnergyAccount(kernel, 't-sim7000g-s3');
    const wait = async (seconds: number) => {
      ask(account);
      await kernel.run(kernel.nowUs + seconds * 1_000_000);
    };
    account.board('awake');
    account.modem('booting');
    await wait(10.000_001);
    account.modem('searching');
    await wait(33);
    account.modem('transmitting', 'GSM');
    await wait(0.7);
    account.modem('connected', 'GSM');
    await wait(10);
    account.modem('transmitting', 'LTE-M');
    await wait(0.3);
    account.modem('registered', 'LTE-M');
    await wait(7);
    account.modem('gnss');
    await wait(36);
    account.modem('psm');
    account.board('asleep');
    await wait(3600 * 9);
    account.board('unpowered');
    await wait(3600);
    return account;
  }

  test('tells where the charge went, technology by technology, and PSM apart from off', async () => {
    const charges = (await aDay(() => {})).byState();
    const seconds = Object.fromEntries(charges.map(({ state, hours }) => [state, hours * 3600]));
    expect(Object.keys(seconds)).toEqual([
      'board asleep',
      'board awake',
      'modem PSM',
      'modem booting',
      'modem searching',
      'modem registered',
      'modem connected GSM',
      'modem transmitting GSM',
      'modem transmitting LTE-M',
      'modem GNSS',
    ]);
    expect(seconds['board asleep']).toBeCloseTo(32_400);
    expect(seconds['board awake']).toBeCloseTo(97);
    expect(seconds['modem transmitting GSM']).toBeCloseTo(0.7);
    const taken = Object.fromEntries(charges.map(({ state, milliampHours }) => [state, milliampHours]));
    expect(taken['modem transmitting GSM']).toBeCloseTo((422 * 0.7) / 3600);
    expect(taken['modem PSM']).toBeCloseTo(0.009 * 9);
    expect(taken['board asleep']).toBeCloseTo(0.166 * 9);
  });

  test('adds up to the total', async () => {
    const account = await aDay(() => {});
    const sum = account.byState().reduce((total, { milliampHours }) => total + milliampHours, 0);
    expect(account.milliampHours()).toBe(sum);
    expect(sum).toBeGreaterThan(3);
  });

  test('is the same to the last digit, however often it was asked before', async () => {
    const asked = await aDay((account) => account.byState());
    const quiet = await aDay(() => {});
    expect(asked.byState()).toEqual(quiet.byState());
    expect(asked.milliampHours()).toBe(quiet.milliampHours());
  });

  test('leaves out what took nothing', async () => {
    const kernel = new Kernel();
    const account = new EnergyAccount(kernel);
    account.board('asleep');
    await kernel.run(HOUR_US);
    expect(account.byState()).toEqual([{ state: 'board asleep', hours: 1, milliampHours: 0.4 }]);
  });

  test('tells those who watch of each stretch, once', async () => {
    const kernel = new Kernel();
    const account = new EnergyAccount(kernel);
    const told: number[][] = [];
    account.watch((...stretch) => told.push(stretch));
    account.board('awake');
    await kernel.run(5);
    account.modem('searching');
    await kernel.run(12);
    account.settle();
    account.settle();
    expect(told).toEqual([
      [0, 5, 35],
      [5, 12, 95],
    ]);
  });
});

describe('the file of currents', () => {
  test.each(Object.keys(boardHardware))('knows the board %s asleep and awake, and its modem', (board) => {
    expect(boardMilliamps(board, 'asleep')).toBeLessThan(1);
    expect(boardMilliamps(board, 'awake')).toBeGreaterThan(20);
    const family = boardHardware[board]?.modem ?? 'sim7080';
    for (const technology of technologiesOf(family)) {
      const onAir = modemMilliamps(family, 'transmitting', technology);
      expect(onAir).toBeGreaterThan(modemMilliamps(family, 'connected', technology));
    }
  });

  test.each(['sim7080', 'sim7000', 'bg9x'] as const)('has a %s asleep in PSM below 10 uA', (family) => {
    const mA = modemMilliamps(family, 'psm');
    expect(mA).toBeGreaterThan(0);
    expect(mA).toBeLessThan(0.01);
  });

  test('says of every figure where it comes from', () => {
    let figures = 0;
    const walk = (node: object): void => {
      if ('mA' in node) {
        figures++;
        const marks = ['source', 'assumption'].filter((key) => key in node);
        expect(marks, JSON.stringify(node)).toHaveLength(1);
      } else for (const inner of Object.values(node)) if (typeof inner === 'object') walk(inner);
    };
    walk(file);
    expect(figures).toBeGreaterThan(40);
  });

  test('is not guessed at for a board that it does not have', () => {
    expect(() => boardMilliamps('toString', 'asleep')).toThrow('no currents');
  });
});
