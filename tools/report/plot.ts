import { decimate, type Sample, stretches } from './decimate.ts';
import { quantity } from './format.ts';
import { element, type Markup } from './markup.ts';
import { Pen } from './pen.ts';
import { linear, ticks } from './scale.ts';
import { line, path, px } from './svg.ts';
import type { TimeAxis } from './time-axis.ts';

export interface Series {
  className: string;
  samples: readonly Sample[];
}

/** Lines over time between `top` and `bottom`, the value scale fitted to all series, within `limits` if given. */
export function plotSeries(
  axis: TimeAxis,
  series: readonly Series[],
  options: {
    top: number;
    bottom: number;
    unit: string;
    tickCount: number;
    limits?: readonly [number, number];
  },
): Markup[] {
  const { top, bottom, unit, tickCount } = options;
  const marks = valueTicks(series, tickCount, options.limits);
  const y = linear(marks[0] as number, marks.at(-1) as number, bottom, top);
  return [
    ...marks.flatMap((value) => [
      line(axis.left, y(value), axis.right, y(value), value === 0 ? 'grid zero' : 'grid'),
      element(
        'text',
        { class: 'tick end', x: axis.left - 7, y: px(y(value) + 4) },
        value === marks.at(-1) ? `${quantity(value)} ${unit}` : quantity(value),
      ),
    ]),
    ...series.map(({ className, samples }) => path(seriesPath(axis, samples, y), `line ${className}`)),
  ];
}

/** Path data with at most four points a pixel column for each unbroken stretch. */
export function seriesPath(axis: TimeAxis, samples: readonly Sample[], y: (value: number) => number): string {
  const pen = new Pen();
  for (const stretch of stretches(samples)) {
    for (const [index, { hour, value }] of decimate(stretch, axis.hoursPerPx).entries()) {
      if (index === 0) pen.moveTo(axis.x(hour), y(value));
      else pen.lineTo(axis.x(hour), y(value));
    }
  }
  return pen.toString();
}

function valueTicks(series: readonly Series[], count: number, limits?: readonly [number, number]): number[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { samples } of series) {
    for (const { value } of samples) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const marks = low <= high ? ticks(low, high, count) : ticks(0, 1, 1);
  const [least, most] = limits ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const within = marks.filter((mark) => mark >= least && mark <= most);
  return within.length >= 2 ? within : marks;
}
