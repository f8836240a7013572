/**
 * A reader of our messages from docs/journal.md alone: a CBOR decoder takes them apart, and nothing of the firmware or
 * of the host's decoder is used. Channels are temperature and humidity.
 */
import { decodeMultiple } from 'cbor-x';

export interface ReadBack {
  /** By seq, as blocks may come more than once. */
  readonly readings: Map<number, { uptimeS: number; temperature: number | null; humidity: number | null }>;
  readonly fixes: Map<number, { uptimeS: number; latE5: number; lonE5: number; utcS: number }>;
}

type Item = number | Uint8Array | number[];
type Header = [number, string, number, number, number, number, number, Uint8Array];

export function readMessages(messages: Iterable<Uint8Array>): ReadBack {
  const back: ReadBack = { readings: new Map(), fixes: new Map() };
  for (const message of messages) {
    const [header, ...items] = decodeMultiple(message) as unknown as [Header, ...Item[]];
    for (let at = 0; at < items.length; ) {
      const checks = items[at] as Uint8Array;
      readBlock(items.slice(at + 1, at + 1 + checks.length), header, back);
      at += 1 + checks.length;
    }
  }
  return back;
}

function readBlock([key, ...records]: Item[], header: Header, { readings, fixes }: ReadBack): void {
  const [tempStep, humidityStep] = [header[5], header[6]];
  let [, , seq = 0, , rowClock = 0, intervalS = 0] = key as number[];
  let codes = [0, 0];
  let [lat, lon, clock] = [0, 0, 0];
  const value = (code: number, step: number) => (code >= 65504 ? null : (code - 16384) * step);
  for (const record of records) {
    if (!Array.isArray(record)) {
      codes = codesOf(record, codes);
      rowClock += intervalS;
      const [t, h] = codes as [number, number];
      const values = { temperature: value(t, tempStep), humidity: value(h, humidityStep) };
      readings.set(seq, { uptimeS: rowClock, ...values });
    } else {
      const [kind, ...items] = record as [number, ...number[]];
      const [a = 0, b = 0, c = 0, , e = 0] = items;
      if (kind === 1) rowClock = c - intervalS;
      if (kind === 2) rowClock = a - intervalS;
      if (kind === 3) clock += b;
      if (kind === 11) intervalS = a;
      if (kind === 4) {
        [lat, lon, clock] = [lat + b, lon + c, clock + e];
        const uptimeS = rowClock + a;
        fixes.set(seq, { uptimeS, latE5: lat, lonE5: lon, utcS: uptimeS + clock });
      }
    }
    seq++;
  }
}

const unzigzag = (digit: number): number => (digit % 2 === 1 ? -(digit + 1) / 2 : digit / 2);

/** The table under "Readings", for two channels. */
function codesOf(record: number | Uint8Array, before: number[]): number[] {
  const differ = (number: number, base: number): number[] =>
    [Math.floor(number / base), number % base].map((digit, i) => (before[i] as number) + unzigzag(digit));
  if (typeof record === 'number') return differ(record < 0 ? 23 - record : record, 6);
  const [a = 0, b = 0, c = 0, d = 0] = record;
  if (record.length === 1) return differ(a, 16);
  return record.length === 2 ? differ(a * 256 + b, 256) : [a * 256 + b, c * 256 + d];
}
