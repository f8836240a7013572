import type { RideResult, Stop } from '../ride/result.ts';
import { date } from './format.ts';
import { element, type Markup } from './markup.ts';
import { linear } from './scale.ts';
import { line, px, shorten } from './svg.ts';

/** Time across a chart. All charts of a report share one, so that they can be read one under the other. */
export interface TimeAxis {
  left: number;
  right: number;
  lastHour: number;
  hoursPerPx: number;
  x(hour: number): number;
}

const DAY_STEPS = [1, 2, 5, 10, 20, 50, 100];
const DAY_LABEL_PX = 34;
const STATION_LABEL_PX = 13;
const LONGEST_STATION = 20;

/** From departure to the last thing that happened. */
export function timeAxis(result: RideResult, left: number, right: number): TimeAxis {
  const lastHour = [
    result.summary.days * 24,
    ...result.readings.map(({ hour }) => hour),
    ...result.track.map(({ hour }) => hour),
    ...result.stops.map(({ arriveHour }) => arriveHour),
    ...result.gaps.map(({ toHour }) => toHour),
  ].reduce((latest, hour) => Math.max(latest, hour), 1);
  return {
    left,
    right,
    lastHour,
    hoursPerPx: lastHour / (right - left),
    x: linear(0, lastHour, left, right),
  };
}

/** Day numbers and dates under a chart. */
export function drawDays(axis: TimeAxis, y: number, departure: string): Markup[] {
  const dayPx = axis.x(24) - axis.x(0);
  const step = DAY_STEPS.find((days) => days * dayPx >= DAY_LABEL_PX) ?? 500;
  const days = Array.from({ length: Math.floor(axis.lastHour / 24 / step) + 1 }, (_, index) => index * step);
  return days.flatMap((day, index) => {
    const x = axis.x(day * 24);
    const number = element('text', { class: 'tick middle', x: px(x), y: y + 17 }, day);
    // A date is twice as wide as a number.
    const named =
      index % 2 === 0
        ? [element('text', { class: 'tick middle', x: px(x), y: y + 32 }, date(departure, day * 24))]
        : [];
    return [line(x, y, x, y + 4, 'axis'), number, ...named];
  });
}

/** A line down the chart at each arrival. */
export function drawStops(axis: TimeAxis, stops: readonly Stop[], top: number, bottom: number): Markup[] {
  return stops.map(({ arriveHour }) => line(axis.x(arriveHour), top, axis.x(arriveHour), bottom, 'stop'));
}

/** The stations' names above the chart. Where there is no room for all, those with a note come first. */
export function drawStopNames(axis: TimeAxis, stops: readonly Stop[], y: number): Markup[] {
  const named: Stop[] = [];
  const byNote = [...stops].sort(
    (one, other) => Number(other.note !== undefined) - Number(one.note !== undefined),
  );
  for (const stop of byNote) {
    const isClear = (other: Stop) =>
      Math.abs(axis.x(other.arriveHour) - axis.x(stop.arriveHour)) >= STATION_LABEL_PX;
    if (named.every(isClear)) named.push(stop);
  }
  return named.map((stop) => {
    const x = px(axis.x(stop.arriveHour));
    return element(
      'text',
      { class: 'tick', x, y, transform: `rotate(-50 ${x} ${y})` },
      shorten(stop.name, LONGEST_STATION),
    );
  });
}
