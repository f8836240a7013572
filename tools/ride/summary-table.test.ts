import { expect, test } from 'vitest';
import { syntheticRide } from '../report/testing/fixture.ts';
import { summaryTable } from './summary-table.ts';

const { summary } = syntheticRide();

test('the table says what a day takes, which state takes it, and how long the battery would go on', () => {
  const text = summaryTable(summary);
  expect(text).toMatch(/^modelled charge +287\.4 mAh \(11\.5 a day\)$/m);
  expect(text).toMatch(/^ {2}left in a Li-ion 18650, 3\.0 Ah +95\.4 days at -20\.8 C$/m);
  expect(text).toMatch(/^board asleep +595\.50 +238\.2 +9\.5$/m);
  expect(text).toMatch(/^modem searching +0\.82 +49\.2 +2\.0$/m);
});

test('the table has no days left where nothing was drawn', () => {
  const battery = { ...summary.energy.battery, daysLeft: null };
  const text = summaryTable({ ...summary, energy: { ...summary.energy, battery } });
  expect(text).toMatch(/^ {2}left in .* - days/m);
});
