import { describe, expect, it } from 'vitest';
import type { Gap } from '../ride/result.ts';
import { gapTable, LISTED_GAPS, radioTable, stopTable, summaryTable } from './tables.ts';
import { syntheticRide } from './testing/fixture.ts';

const ride = syntheticRide();
const gap = (index: number): Gap => ({
  fromHour: index * 10,
  toHour: index * 10 + 1 + index / 10,
  where: `place ${index}.`,
  reason: 'broker down',
  readings: index,
});
const gaps = (count: number) => Array.from({ length: count }, (_, index) => gap(index));

describe('gapTable', () => {
  it('lists every gap, longest first', () => {
    const { html } = gapTable({ ...ride, gaps: gaps(LISTED_GAPS) });
    const places = [...html.matchAll(/place (\d+)\./g)].map(([, index]) => Number(index));
    expect(places).toEqual(Array.from({ length: LISTED_GAPS }, (_, index) => LISTED_GAPS - 1 - index));
    expect(html).not.toContain('not listed');
  });

  it('counts the gaps that it does not list', () => {
    const { html } = gapTable({ ...ride, gaps: gaps(LISTED_GAPS + 3) });
    expect(html.match(/<tr>/g)).toHaveLength(LISTED_GAPS + 1);
    expect(html).toContain(
      '3 shorter gaps are not listed: at most 1.2 h each, 3.3 h and 3 readings together.',
    );
  });

  it('gives from, to, hours, where, why and the readings that waited', () => {
    const { html } = gapTable({
      ...ride,
      departure: '2026-01-08T06:00:00Z',
      gaps: [{ ...gap(5), readings: 1234 }],
    });
    const cells = [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell);
    expect(cells).toEqual([
      '2026-01-10 08:00',
      '2026-01-10 09:30',
      '1.5',
      'place 5.',
      'broker down',
      '1,234',
    ]);
  });

  it('says so when there was none', () => {
    expect(gapTable({ ...ride, gaps: [] }).html).toContain('No gap is recorded');
  });
});

describe('stopTable', () => {
  it('lists every stop with its times and note', () => {
    const { html } = stopTable(ride);
    expect(html.match(/<tr>/g)).toHaveLength(ride.stops.length + 1);
    expect(html).toContain('gauge 1520 to 1435');
  });
});

describe('summaryTable', () => {
  it('explains every field of summary.json, nested ones too', () => {
    const { html } = summaryTable(ride);
    const fields = [...html.matchAll(/<code>(.*?)<\/code>/g)].map(([, field]) => field);
    const { flash, alarms, energy, radio: _table, ...flat } = ride.summary;
    const { byState: _states, battery, ...charge } = energy;
    const within = (prefix: string, part: object) => Object.keys(part).map((key) => `${prefix}.${key}`);
    expect(fields.sort()).toEqual(
      [
        ...Object.keys(flat),
        ...within('flash', flash),
        ...within('alarms', alarms),
        ...within('energy', charge),
        ...within('energy.battery', battery),
      ].sort(),
    );
    expect(html).not.toContain('undefined');
  });
});

describe('radioTable', () => {
  it('has a line for each country and use of the radio', () => {
    const { html } = radioTable(ride);
    expect(html.match(/<tr/g)).toHaveLength(1 + ride.summary.radio.length);
    expect(html).toContain('searching, idle');
    expect(html).toContain('6.3');
  });
});
