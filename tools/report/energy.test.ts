import { describe, expect, it } from 'vitest';
import { energyTable } from './energy.ts';
import { syntheticRide } from './testing/fixture.ts';

const ride = syntheticRide();

describe('energyTable', () => {
  const cellsOf = (html: string) => [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell);

  it('has a line for each state, with its hours and its charge in all and by day, and the sum', () => {
    expect(cellsOf(energyTable(ride).html)).toEqual([
      ...['board asleep', '595.50', '238.2', '9.53'],
      ...['modem searching', '0.82', '49.2', '1.97'],
      ...['all', '', '287.4', '11.50'],
    ]);
  });

  it('says how many days the battery had left, and at which cold', () => {
    const { html } = energyTable(ride);
    expect(html).toContain('Li-ion 18650, 3.0 Ah');
    expect(html).toContain('-20.8 °C');
    expect(html).toContain('another 95.4 days');
  });

  it('has no days where there is no rate', () => {
    const battery = { ...ride.summary.energy.battery, daysLeft: null };
    const summary = { ...ride.summary, days: 0, energy: { ...ride.summary.energy, byState: [], battery } };
    const { html } = energyTable({ ...ride, summary });
    expect(html).toContain('Nothing was drawn');
    expect(html).not.toMatch(/NaN|Infinity|null/);
  });
});
