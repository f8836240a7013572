/** `sensors` of docs/console.md in words. Runs on the host and in a browser. */
import { PLACES } from './status.ts';

/** What a probe gave just now. */
export interface Probe {
  readonly place: string;
  /** Thousandths of a degree Celsius; null: no value. */
  readonly milliC: number | null;
  /** Thousandths of a percent relative humidity; null: no value, or no such sensor. */
  readonly milliPct: number | null;
  /** Why a value is missing, and what to do; empty where none is. */
  readonly reason: string;
}

/** By the reasons of docs/journal.md, Readings. */
const REASONS = [
  'does not answer: check its plug and cable',
  'answers with a wrong check digit: check its cable and shield',
  'is not ready: measure once more',
  'is out of its range: replace it if that cannot be',
  'its bus is stuck: unplug one probe after the other to find which holds it',
  'is not fitted: correct the key probes',
];

export function probesOf(probes: unknown): Probe[] {
  if (!Array.isArray(probes)) return [];
  return probes.map((probe) => {
    const [place, milliC, milliPct, reason] = Array.isArray(probe) ? probe : [];
    return {
      place: PLACES[Number(place)] ?? `place ${place}`,
      milliC: typeof milliC === 'number' ? milliC : null,
      milliPct: typeof milliPct === 'number' ? milliPct : null,
      reason: typeof reason === 'number' ? (REASONS[reason] ?? `no value for reason ${reason}`) : '',
    };
  });
}

/** The reefer's signals: bits 5 to 8 of the conditions of docs/journal.md. */
export function reeferWords(conditions: unknown): string {
  if (typeof conditions !== 'number' || (conditions & 32) === 0) return 'its signals are not known';
  const parts = [conditions & 64 ? 'compressor running' : 'compressor off'];
  if (conditions & 128) parts.push('defrosting');
  parts.push(conditions & 256 ? 'temperature in range' : 'temperature out of range');
  return parts.join(', ');
}
