import type { Gap, ReadingPoint, RideResult } from '../ride/result.ts';
import type { Sample } from './decimate.ts';
import { quantity } from './format.ts';
import type { Markup } from './markup.ts';
import { plotSeries, type Series } from './plot.ts';
import { path, picture, px } from './svg.ts';
import { drawDays, drawStopNames, drawStops, type TimeAxis, timeAxis } from './time-axis.ts';

const WIDTH_PX = 1000;
const LEFT_PX = 62;
const RIGHT_PX = 960;
const DAYS_PX = 40;

type Channel = 'supplyC' | 'supplyRh' | 'returnC';

/** Supply, return and outside air over the ride, with the stations above it. */
export function temperatureChart(result: RideResult): Markup {
  const readings = inTimeOrder(result.readings);
  const series = [
    {
      className: 'outside',
      samples: inTimeOrder(result.ambient).map(({ hour, celsius }) => ({ hour, value: celsius })),
    },
    { className: 'return', samples: channel(readings, 'returnC') },
    { className: 'supply', samples: channel(readings, 'supplyC') },
  ];
  const axis = timeAxis(result, LEFT_PX, RIGHT_PX);
  return chart(result, axis, {
    id: 'temperature',
    title: 'Temperature over the ride',
    description: `Supply air ${range(readings, 'supplyC', '°C')}; return air ${range(readings, 'returnC', '°C')}; outside air behind them.`,
    top: 118,
    bottom: 420,
    above: drawStopNames(axis, result.stops, 110),
    series,
    unit: '°C',
    tickCount: 7,
  });
}

/** Relative humidity of the supply air over the ride. */
export function humidityChart(result: RideResult): Markup {
  const readings = inTimeOrder(result.readings);
  return chart(result, timeAxis(result, LEFT_PX, RIGHT_PX), {
    id: 'humidity',
    title: 'Humidity over the ride',
    description: `Supply air ${range(readings, 'supplyRh', '% relative humidity')}.`,
    top: 26,
    bottom: 146,
    above: [],
    series: [{ className: 'humidity', samples: channel(readings, 'supplyRh') }],
    unit: '% RH',
    tickCount: 4,
    limits: [0, 100],
  });
}

interface ChartOptions {
  id: string;
  title: string;
  description: string;
  top: number;
  bottom: number;
  above: Markup[];
  series: Series[];
  unit: string;
  tickCount: number;
  limits?: readonly [number, number];
}

function chart(result: RideResult, axis: TimeAxis, options: ChartOptions): Markup {
  const { id, title, description, top, bottom, series } = options;
  return picture(
    { id, title, description, width: WIDTH_PX, height: bottom + DAYS_PX },
    path(bands(axis, result.gaps, top, bottom), 'offline'),
    drawStops(axis, result.stops, top, bottom),
    plotSeries(axis, series, options),
    missingMarks(axis, series, bottom),
    drawDays(axis, bottom, result.departure),
    options.above,
  );
}

/** One path for all gaps: where they overlap, the grey does not add up. */
function bands(axis: TimeAxis, gaps: readonly Gap[], top: number, bottom: number): string {
  return gaps
    .map(({ fromHour, toHour }) => {
      const left = axis.x(fromHour);
      const width = px(axis.x(toHour) - left);
      return `M${px(left)} ${top}h${width}v${bottom - top}h${-width}z`;
    })
    .join('');
}

/** A mark on the base line for each pixel column that misses a value: a gap of one reading is too narrow to see. */
function missingMarks(axis: TimeAxis, series: readonly Series[], bottom: number): Markup[] {
  const columns = new Set<number>();
  for (const { samples } of series) {
    for (const { hour, value } of samples) if (value === null) columns.add(Math.round(axis.x(hour)));
  }
  return [...columns].map((x) => path(`M${x} ${bottom}v-7`, 'missing'));
}

function channel(readings: readonly ReadingPoint[], name: Channel): Sample[] {
  return readings.map((reading) => ({ hour: reading.hour, value: reading[name] }));
}

function inTimeOrder<T extends { hour: number }>(points: readonly T[]): T[] {
  return [...points].sort((one, other) => one.hour - other.hour);
}

function range(readings: readonly ReadingPoint[], name: Channel, unit: string): string {
  const values = readings.map((reading) => reading[name]).filter((value) => value !== null);
  if (values.length === 0) return 'never read';
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  return `${quantity(low)} to ${quantity(high)} ${unit}`;
}
