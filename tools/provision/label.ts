import qrcode from 'qrcode-generator';
import { PLACE_NAMES, PLACES } from '../cargo/profile.ts';
import { element, type Markup, raw } from '../report/markup.ts';
import { LABEL_SIZES, type LabelSize, labelStyle } from './label-style.ts';
import type { Unit } from './unit.ts';

/** Nothing is fetched and nothing runs. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
/** Light modules around a code, which a scanner needs (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;
const DEFAULT_PROBES = 6;

/**
 * Labels as one HTML page that needs no network, no script and no other file, to be printed at 100 %. There is no secret in
 * it, nor anything that is made from one.
 */
export function labelPage(units: readonly Unit[], size: LabelSize): string {
  const { perSheet } = LABEL_SIZES[size];
  const sheets = Array.from({ length: Math.ceil(units.length / perSheet) }, (_, at) =>
    element('section', { class: 'sheet' }, units.slice(at * perSheet, (at + 1) * perSheet).map(label)),
  );
  const title = units.length === 1 ? `Label of ${units[0]?.deviceId}` : `Labels of ${units.length} trackers`;
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    element('title', {}, `${title} - Coldrail`),
    element('link', { rel: 'icon', href: 'data:,' }),
    element('style', {}, raw(labelStyle(size))),
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, '\n', element('body', {}, sheets)).html}\n`;
}

function label(unit: Unit): Markup {
  const lines = linesOf(unit).map(([name, value]) => element('p', {}, element('b', {}, name), ' ', value));
  const words = element(
    'div',
    { class: 'words' },
    element('h1', { class: sizeOf(unit) }, unit.deviceId),
    lines,
  );
  return element('article', {}, code(unit.deviceId), words);
}

/** A long name takes smaller letters, so that it keeps to two lines. */
function sizeOf({ deviceId }: Unit): string | undefined {
  return deviceId.length > 12 ? 'long' : undefined;
}

/** What a technician wants to know who stands before the tracker, and what stays true from trip to trip. */
function linesOf({ values }: Unit): [name: string, value: string][] {
  const probes = Number(values['probes'] ?? DEFAULT_PROBES);
  const fitted = PLACE_NAMES.filter((place) => (probes & (1 << PLACES[place])) !== 0);
  const pin = values['consolePin'] ? '; it asks for a PIN' : '';
  const lines: [string, string][] = [
    ['Console', `USB, 115200 8N1: press reset, then Enter within 10 s${pin}`],
    ['Test', 'coldrail selftest'],
    ['Probes', fitted.join(', ')],
    ['APN', String(values['apn'] ?? '')],
  ];
  return lines.filter(([, value]) => value !== '');
}

/** The device id as a QR code, with error correction for a label that gets dirty. */
function code(deviceId: string): Markup {
  const qr = qrcode(0, 'Q');
  qr.addData(deviceId);
  qr.make();
  const count = qr.getModuleCount();
  const dark: string[] = [];
  for (let row = 0; row < count; row++)
    for (let column = 0; column < count; column++)
      if (qr.isDark(row, column)) dark.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
  const side = count + 2 * QUIET;
  return element(
    'svg',
    { viewBox: `0 0 ${side} ${side}`, role: 'img', 'aria-label': `QR code: ${deviceId}` },
    element('rect', { width: side, height: side, fill: '#fff' }),
    element('path', { d: dark.join(''), fill: '#000', 'shape-rendering': 'crispEdges' }),
  );
}
