import { drawing, element } from './element.ts';
import type { ProbeReading, Reading } from './reading.ts';
import type { Words } from './words.ts';

/** One line of a probe in the charts: colours of Okabe and Ito, and a dash of its own. By place, from 1. */
export const LINES: readonly { readonly colour: string; readonly dash: readonly number[] }[] = [
  { colour: '#0072b2', dash: [] },
  { colour: '#b35900', dash: [10, 5] },
  { colour: '#4d5660', dash: [3, 4] },
  { colour: '#00704f', dash: [14, 4, 3, 4] },
  { colour: '#9c2f74', dash: [6, 3] },
  { colour: '#000000', dash: [2, 2] },
  { colour: '#7a5c00', dash: [12, 3, 3, 3, 3, 3] },
];

export function lineOf(place: number): (typeof LINES)[number] {
  return LINES[place - 1] ?? { colour: '#000000', dash: [] };
}

export function placeName(words: Words, place: number): string {
  return words.find(`place.${place}`) ?? String(place);
}

/** What each probe says now, large enough to read at arm's length. */
export function tiles(words: Words, reading: Reading): Node[] {
  const door = reading.door === null ? [] : [doorTile(words, reading.door)];
  return [...reading.probes.map((probe) => probeTile(words, probe)), ...door];
}

function probeTile(words: Words, probe: ProbeReading): Node {
  const { place, milliC, milliPercent, reason } = probe;
  const { colour, dash } = lineOf(place);
  const swatch = drawing(
    'svg',
    { class: 'swatch', viewBox: '0 0 40 6', 'aria-hidden': 'true' },
    drawing('path', { d: 'M0 3h40', stroke: colour, 'stroke-width': 4, 'stroke-dasharray': dash.join(' ') }),
  );
  const why = milliC === null && reason !== null ? words.find(`reason.${reason}`) : undefined;
  return element(
    'div',
    { class: milliC === null ? 'tile tile-bad' : 'tile' },
    element('span', { class: 'tile-name' }, swatch, placeName(words, place)),
    element('span', { class: why ? 'tile-value tile-word' : 'tile-value' }, why ?? words.temperature(milliC)),
    milliPercent === null ? undefined : element('span', { class: 'tile-more' }, words.humidity(milliPercent)),
  );
}

function doorTile(words: Words, door: number): Node {
  return element(
    'div',
    { class: 'tile' },
    element('span', { class: 'tile-name' }, words.say('check.door')),
    element(
      'span',
      { class: 'tile-value tile-word' },
      words.say(door === 1 ? 'check.door-open' : 'check.door-shut'),
    ),
  );
}
