/** How the tracker is, in words. Runs on the host and in a browser. */
import type { Message } from './frame.ts';

/** Names of the places of probes, docs/journal.md; bit n of `probes` is place n. */
export const PLACES = ['', 'supply', 'return', 'ambient', 'cargo 1', 'cargo 2', 'cargo 3', 'cargo 4'];

const LEVELS = [
  'all is paid for',
  'positions and sessions less often, no GSM',
  'no radio',
  'readings, less often',
];

export interface StatusLine {
  readonly name: string;
  readonly text: string;
}

/** Thousandths of a degree as -18.4 C. */
export function celsius(milliC: unknown): string {
  return typeof milliC === 'number' ? `${(milliC / 1000).toFixed(2)} C` : 'no value';
}

/** Thousandths of a percent as 62.5 %. */
export function percent(milli: unknown): string {
  return typeof milli === 'number' ? `${(milli / 1000).toFixed(1)} %` : 'no value';
}

/** Seconds as 3 h 20 min, the largest two units. */
export function duration(seconds: unknown): string {
  const total = Number(seconds);
  if (seconds === null || seconds === undefined || !Number.isFinite(total)) return 'unknown';
  const units: [number, string][] = [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const parts: string[] = [];
  let left = Math.floor(total);
  for (const [size, unit] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0 && parts.length < 2) parts.push(`${count} ${unit}`);
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** Seconds since 1970 as 2026-11-22 07:00:00 UTC. */
export function utcText(utcS: unknown): string {
  if (typeof utcS !== 'number') return 'unknown: the network or a position tells it';
  const date = new Date(utcS * 1000);
  if (Number.isNaN(date.getTime())) return 'unknown';
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function supplyText({ millivolts, external }: Message): string {
  const volts = typeof millivolts === 'number' ? `${(millivolts / 1000).toFixed(2)} V` : 'not measured';
  return external === 1 ? `${volts}, fed from outside` : external === 0 ? `${volts}, on its battery` : volts;
}

/** The probes of `lastReading`, each with what it measured. */
function readingText(reading: unknown): string {
  if (!Array.isArray(reading) || reading.length === 0) return 'none yet';
  return reading
    .map((one) => {
      const [place, kind, value] = Array.isArray(one) ? one : [];
      const name = PLACES[Number(place)] ?? `place ${place}`;
      return `${name} ${kind === 'h' ? percent(value) : celsius(value)}`;
    })
    .join(', ');
}

/** `status` of docs/console.md, a line for each thing. */
export function statusLines(status: Message): StatusLine[] {
  const next = Number(status['next'] ?? 0);
  const waiting = next - Number(status['acked'] ?? 0);
  const failures = Number(status['failures'] ?? 0);
  const staged = Number(status['staged'] ?? 0);
  const line = (name: string, text: string): StatusLine => ({ name, text });
  return [
    line('device', status['device'] ? String(status['device']) : 'none: not provisioned'),
    line('trip', status['trip'] ? String(status['trip']) : 'none'),
    line('container', status['container'] ? String(status['container']) : 'none'),
    line(
      'last reading',
      `${readingText(status['lastReading'])} (${duration(status['lastReadingAgeS'])} ago)`,
    ),
    line('alarm', status['alarm'] === 1 ? 'YES: coldrail events says which' : 'no'),
    line('supply', supplyText(status)),
    line('power ladder', `level ${status['level']}: ${LEVELS[Number(status['level'])] ?? 'unknown'}`),
    line('interval', `${duration(status['intervalS'])} between readings`),
    line('waiting to be sent', `${waiting} of ${next} records`),
    line('sessions', failures === 0 ? 'the last one went well' : `${failures} failed in a row`),
    line('clock', utcText(status['utcS'])),
    line('up', `${duration(status['uptimeS'])}, power-on ${status['powerOn']}`),
    line(
      'configuration',
      `generation ${status['config']}${staged > 0 ? `, ${staged} ${staged === 1 ? 'key' : 'keys'} staged and not saved` : ''}`,
    ),
  ];
}
