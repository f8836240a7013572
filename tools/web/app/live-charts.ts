import uPlot from 'uplot';
import { element, refill } from './element.ts';
import type { ProbeReading, Reading } from './reading.ts';
import { lineOf, placeName } from './reading-tiles.ts';
import type { Words } from './words.ts';

const HEIGHT_PX = 220;
/** The least that an axis spans, so that noise does not fill it, and its steps: degrees, and percent. */
const LEAST_SPAN = { milliC: 1, milliPercent: 6 };
const STEPS = { milliC: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50], milliPercent: [1, 2, 5, 10, 20, 50] };
/** Between two marks of time, s. */
const TIMES_S = [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
const INK = '#14181d';
const GRID = '#c9d1d9';

type Quantity = 'milliC' | 'milliPercent';

/** Two charts over the time that the page looks: temperatures, and humidities where a probe measures them. */
export class LiveCharts {
  readonly place = element('div', { class: 'charts' });
  readonly #words: Words;
  #drawn: { plot: uPlot; quantity: Quantity; places: readonly number[] }[] = [];
  #shape = '';

  constructor(words: Words) {
    this.#words = words;
  }

  show(readings: readonly Reading[]): void {
    if (readings.length < 2 || !this.place.isConnected) return;
    const shape = JSON.stringify([placesOf(readings, 'milliC'), placesOf(readings, 'milliPercent')]);
    if (shape !== this.#shape) this.#build(readings, shape);
    for (const { plot, quantity, places } of this.#drawn) plot.setData(dataOf(readings, quantity, places));
  }

  destroy(): void {
    for (const { plot } of this.#drawn) plot.destroy();
    this.#drawn = [];
  }

  #build(readings: readonly Reading[], shape: string): void {
    this.destroy();
    this.#shape = shape;
    refill(this.place);
    const wanted: [Quantity, string][] = [
      ['milliC', this.#words.say('check.chart-temperature')],
      ['milliPercent', this.#words.say('check.chart-humidity')],
    ];
    for (const [quantity, title] of wanted) {
      const places = placesOf(readings, quantity);
      if (places.length > 0)
        this.#drawn.push({ quantity, places, plot: this.#plot(title, quantity, places) });
    }
  }

  #plot(title: string, quantity: Quantity, places: readonly number[]): uPlot {
    const words = this.#words;
    const digits = quantity === 'milliC' ? 1 : 0;
    const figure = element('figure', { class: 'chart' }, element('figcaption', {}, title));
    this.place.append(figure);
    const axis = {
      stroke: INK,
      font: '14px system-ui, sans-serif',
      grid: { stroke: GRID },
      ticks: { stroke: GRID },
    };
    const plot = new uPlot(
      {
        width: Math.max(280, figure.clientWidth),
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { show: false },
        scales: {
          y: { range: (_, low, high) => spanOf(low, high, LEAST_SPAN[quantity]) },
        },
        axes: [
          {
            ...axis,
            space: 90,
            incrs: TIMES_S,
            values: (_, splits) => splits.map((s) => words.clock(s * 1000)),
          },
          {
            ...axis,
            size: 54,
            incrs: STEPS[quantity],
            values: (_, splits) => splits.map((value) => words.number(value, digits)),
          },
        ],
        series: [
          {},
          ...places.map((place) => ({
            label: placeName(words, place),
            stroke: lineOf(place).colour,
            dash: [...lineOf(place).dash],
            width: 3,
            spanGaps: false,
            points: { show: false },
          })),
        ],
      },
      undefined,
      figure,
    );
    plot.root.setAttribute('role', 'img');
    plot.root.setAttribute('aria-label', title);
    return plot;
  }
}

function placesOf(readings: readonly Reading[], quantity: Quantity): number[] {
  const places = readings.flatMap(({ probes }) =>
    probes.filter((probe) => probe[quantity] !== null).map(({ place }) => place),
  );
  return [...new Set(places)].sort((a, b) => a - b);
}

function dataOf(
  readings: readonly Reading[],
  quantity: Quantity,
  places: readonly number[],
): uPlot.AlignedData {
  const valueAt = (probes: readonly ProbeReading[], place: number): number | null => {
    const value = probes.find((probe) => probe.place === place)?.[quantity];
    return value === undefined || value === null ? null : value / 1000;
  };
  return [
    readings.map(({ at }) => at / 1000),
    ...places.map((place) => readings.map(({ probes }) => valueAt(probes, place))),
  ];
}

function spanOf(low: number | null, high: number | null, least: number): [number, number] {
  if (low === null || high === null) return [0, least];
  const missing = Math.max(0, least - (high - low)) / 2;
  const margin = (high - low) * 0.1 + missing;
  return [low - margin, high + margin];
}
