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
