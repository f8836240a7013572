import type { RideResult } from '../ride/result.ts';
import { humidityChart, temperatureChart } from './chart.ts';
import { checkDrawable } from './check.ts';
import { energyTable } from './energy.ts';
import { hours, quantity, utc } from './format.ts';
import { harmTables } from './harm.ts';
import { key, legend } from './legend.ts';
import { routeMap } from './map.ts';
import { type Child, element, type Markup, raw } from './markup.ts';
import { STYLE } from './style.ts';
import { gapTable, radioTable, stopTable, summaryTable } from './tables.ts';
import { verdictOf } from './verdict.ts';

/** Nothing is fetched and nothing runs, whatever a browser or a mail program would otherwise try. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * The report of a ride as one HTML file that needs no network, no script and no other file. The same result gives the
 * same text.
 * @throws {ColdrailError} `report.unreadable-ride`, `report.no-map-data`
 */
export function renderReport(result: RideResult): string {
  checkDrawable(result);
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, `${result.title} - Coldrail`),
    element('link', { rel: 'icon', href: 'data:,' }),
    element('style', {}, raw(STYLE)),
  );
  const body = element(
    'body',
    {},
    element('header', {}, element('h1', {}, result.title), journey(result), verdict(result), tiles(result)),
    element('main', {}, mapSection(result), chartSections(result), tableSections(result)),
    footer(result),
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, '\n', body).html}\n`;
}

function journey({ departure, summary, stops, track }: RideResult): Markup {
  const arrival = stops.at(-1)?.arriveHour ?? track.at(-1)?.hour ?? summary.days * 24;
  const from = stops[0] === undefined ? '' : `${stops[0].name}, `;
  const to = stops.length < 2 ? '' : `${stops.at(-1)?.name}, `;
  return element(
    'p',
    { class: 'journey' },
    `${from}${utc(departure, 0)} UTC  →  ${to}${utc(departure, arrival)} UTC`,
  );
}

function verdict({ summary }: RideResult): Markup {
  const { good, sentence } = verdictOf(summary);
  return element('p', { class: good ? 'verdict' : 'verdict bad' }, good ? '✓ ' : '✗ ', sentence);
}

function tiles({ summary }: RideResult): Markup {
  const facts: [value: string, unit: string, label: string][] = [
    [quantity(summary.days), '', 'days'],
    [quantity(summary.samples), '', 'samples'],
    [quantity(summary.sessions), '', 'uplink sessions'],
    [hours(summary.longestGapHours), ' h', 'longest gap'],
    [quantity(summary.flash.bytesPerReading), ' B', 'per reading in flash'],
    [quantity(summary.bytesPerReadingOnAir), ' B', 'per reading on air'],
    [quantity(summary.energy.perDay), ' mAh', 'modelled charge a day'],
  ];
  return element(
    'dl',
    { class: 'tiles' },
    facts.map(([value, unit, label]) =>
      element('div', {}, element('dt', {}, label), element('dd', {}, value, element('small', {}, unit))),
    ),
  );
}

function mapSection(result: RideResult): Markup {
  const map = routeMap(result);
  if (map === undefined) return section('Route', element('p', {}, 'No position is recorded.'));
  const keys = [
    key('route', 'route'),
    key('uncovered', 'no coverage'),
    key('dot', 'stop'),
    key('special', 'stop with a note'),
  ];
  const note =
    'Borders are the de facto lines of Natural Earth (1:50m, public domain); they take no position on any claim.';
  return section('Route', element('figure', {}, legend(keys), map, element('figcaption', {}, note)));
}

function chartSections(result: RideResult): Child {
  const common = [key('offline', 'no uplink'), key('missing', 'reading without this value')];
  const air = [key('supply', 'supply air'), key('return', 'return air'), key('outside', 'outside air')];
  return [
    section('Temperature', element('figure', {}, legend([...air, ...common]), temperatureChart(result))),
    section(
      'Humidity of the supply air',
      element('figure', {}, legend([key('humidity', 'supply air'), ...common]), humidityChart(result)),
    ),
  ];
}

function tableSections(result: RideResult): Child {
  return [
    section('Harm to the cargo', harmTables(result.harm)),
    section('Gaps in the uplink', gapTable(result)),
    section('Stops', stopTable(result)),
    section('The radio, by country', radioTable(result)),
    section('The charge, by state', energyTable(result)),
    section('The numbers in summary.json', summaryTable(result)),
  ];
}

function footer({ summary }: RideResult): Markup {
  const { scenario, seed, board } = summary;
  return element(
    'footer',
    {},
    `Coldrail ride report. Scenario ${scenario}, seed ${seed}, board ${board}. All times are UTC.`,
  );
}

function section(title: string, ...children: Child[]): Markup {
  return element('section', {}, element('h2', {}, title), ...children);
}
