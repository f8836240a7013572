import type { Stop } from '../ride/result.ts';
import { hours, quantity, utc } from './format.ts';
import { type Box, type PlacedLabel, type Point, placeLabels } from './labels.ts';
import { element, type Markup } from './markup.ts';
import { line, path, px, shorten, textWidthPx } from './svg.ts';
import type { View } from './view.ts';

const NAME_PX = 14;
const NOTE_PX = 11.5;
const LONGEST_NAME = 28;
const LONGEST_NOTE = 30;
const DOT_PX = 4.5;

/** The stops as dots, those with a note (gauge break, border) as diamonds, and what of their labels finds a place. */
export function drawStations(
  stops: readonly Stop[],
  view: View,
  options: { departure: string; avoid: readonly Point[] },
): { markup: Markup[]; taken: Box[] } {
  const ordered = byImportance(stops);
  const at = ordered.map((stop) => view.project(stop));
  const labels = placeLabels(
    ordered.map((stop, index) => ({ anchor: at[index] as Point, ...labelSize(stop) })),
    options.avoid,
    view,
  );
  return {
    markup: [
      ...labels.flatMap((label) => (label?.leader === undefined ? [] : [leader(label.leader)])),
      ...ordered.map((stop, index) => dot(stop, at[index] as Point, options.departure)),
      ...ordered.flatMap((stop, index) => drawLabel(stop, labels[index])),
    ],
    taken: [
      ...labels.filter((label) => label !== undefined),
      ...at.map(({ x, y }) => ({ x: x - DOT_PX, y: y - DOT_PX, width: 2 * DOT_PX, height: 2 * DOT_PX })),
    ],
  };
}

/** The ends of the ride first, then stops with a note, then the rest: who comes first gets the better place. */
function byImportance(stops: readonly Stop[]): Stop[] {
  const rank = (stop: Stop): number => {
    if (stop === stops[0] || stop === stops.at(-1)) return 0;
    return stop.note === undefined ? 2 : 1;
  };
  return [...stops].sort((one, other) => rank(one) - rank(other));
}

function labelSize(stop: Stop): { width: number; height: number } {
  const name = textWidthPx(shorten(stop.name, LONGEST_NAME), NAME_PX);
  if (stop.note === undefined) return { width: name, height: NAME_PX };
  const note = textWidthPx(shorten(stop.note, LONGEST_NOTE), NOTE_PX);
  return { width: Math.max(name, note), height: NAME_PX + NOTE_PX + 2 };
}

function drawLabel(stop: Stop, label: PlacedLabel | undefined): Markup[] {
  if (label === undefined) return [];
  const x = px(label.x);
  const name = { class: 'station', x, y: px(label.y + NAME_PX - 2.5), 'font-size': NAME_PX };
  const drawn = [element('text', name, shorten(stop.name, LONGEST_NAME))];
  if (stop.note !== undefined) {
    const note = { class: 'note', x, y: px(label.y + NAME_PX + NOTE_PX - 1), 'font-size': NOTE_PX };
    drawn.push(element('text', note, shorten(stop.note, LONGEST_NOTE)));
  }
  return drawn;
}

function dot(stop: Stop, { x, y }: Point, departure: string): Markup {
  const stay = hours(stop.departHour - stop.arriveHour);
  const note = stop.note === undefined ? '' : `. ${stop.note}`;
  const title = element(
    'title',
    {},
    `${stop.name}, km ${quantity(stop.km)}: ${utc(departure, stop.arriveHour)} UTC, ${stay} h${note}`,
  );
  if (stop.note === undefined)
    return element('circle', { class: 'dot', cx: px(x), cy: px(y), r: DOT_PX }, title);
  const r = DOT_PX + 2;
  return path(`M${px(x - r)} ${px(y)}l${r} ${-r} ${r} ${r} ${-r} ${r}z`, 'dot special', title);
}

function leader([from, to]: [Point, Point]): Markup {
  return line(from.x, from.y, to.x, to.y, 'leader');
}
