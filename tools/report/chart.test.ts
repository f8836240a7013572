import { describe, expect, it } from 'vitest';
import type { ReadingPoint, RideResult } from '../ride/result.ts';
import { humidityChart, temperatureChart } from './chart.ts';
import { syntheticRide } from './testing/fixture.ts';

const calm: ReadingPoint[] = Array.from({ length: 3600 }, (_, index) => ({
  hour: (index + 1) / 6,
  supplyC: 2,
  supplyRh: 90,
  returnC: 3,
}));
const ride: RideResult = { ...syntheticRide(), readings: calm, ambient: [] };

function pathOf(result: RideResult, name: 'supply' | 'return'): string {
  return (
    new RegExp(`class="line ${name}" d="([^"]*)"`).exec(temperatureChart(result).html)?.[1] ?? 'no such line'
  );
}

describe('temperature chart', () => {
  it('breaks a line where one reading has no value, and only that line', () => {
    const readings = calm.map((reading, index) => (index === 1000 ? { ...reading, supplyC: null } : reading));
    expect(pathOf({ ...ride, readings }, 'supply').match(/M/g)).toHaveLength(2);
    expect(pathOf({ ...ride, readings }, 'return').match(/M/g)).toHaveLength(1);
  });

  it('marks the missing reading on the base line, as the break itself is too narrow to see', () => {
    const readings = calm.map((reading, index) => (index === 1000 ? { ...reading, supplyC: null } : reading));
    expect(temperatureChart(ride).html).not.toContain('"missing"');
    expect(temperatureChart({ ...ride, readings }).html).toContain('"missing"');
  });

  it('shows an excursion of one reading in its line, wherever it falls, and in its description', () => {
    for (let excursion = 1230; excursion < 1238; excursion++) {
      const readings = calm.map((reading, index) =>
        index === excursion ? { ...reading, supplyC: 21.5 } : reading,
      );
      expect(temperatureChart({ ...ride, readings }).html).toContain('2 to 21.5 °C');
      expect(pathOf({ ...ride, readings }, 'supply')).toMatch(/-\d{3}/);
    }
  });

  it('draws readings that came out of order as it draws them in order', () => {
    const shuffled = [...ride.readings].reverse();
    expect(temperatureChart({ ...ride, readings: shuffled }).html).toBe(temperatureChart(ride).html);
  });

  it('names the stations of the route', () => {
    const { html } = temperatureChart(ride);
    for (const name of ['Chongqing', 'Dostyk', 'Malaszewicze', 'Duisburg'])
      expect(html).toContain(`>${name}</text>`);
  });

  it('greys each time without uplink', () => {
    const bands = /class="offline" d="([^"]*)"/.exec(temperatureChart(ride).html)?.[1];
    expect(bands?.match(/M/g)).toHaveLength(ride.gaps.length);
  });
});

describe('humidity chart', () => {
  it('stays within 0 to 100 %', () => {
    const readings = calm.map((reading, index) => ({ ...reading, supplyRh: index % 2 === 0 ? 100 : 1 }));
    const { html } = humidityChart({ ...ride, readings });
    expect(html).toContain('>100 % RH</text>');
    expect(html).not.toContain('>120');
  });
});
