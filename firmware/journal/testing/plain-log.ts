import { type Item, type PlainPage, type PlainRecord, plainRecords } from './plain-reader.ts';
import { codesOf } from './row-model.ts';

/** A record in the words of docs/journal.md: absolute, with its own time. */
export interface Entry {
  readonly seq: number;
  readonly kind: string;
  readonly powerOn: number;
  /** Seconds since power-on of a reading, and the row clock behind anything else. */
  readonly uptimeS: number;
  /** Codes of a reading. */
  readonly codes: readonly number[];
  /** Items behind the kind, with position and clock absolute. */
  readonly fields: readonly (number | null)[];
  /** Readings of a KEPT. */
  readonly kept: readonly Kept[];
  readonly page: PlainPage;
  readonly index: number;
}

export interface Kept {
  readonly seq: number;
  readonly powerOn: number;
  readonly uptimeS: number;
  readonly clockS: number | null;
  readonly latE5: number | null;
  readonly lonE5: number | null;
  readonly codes: readonly number[];
}

const KINDS =
  'KEY POWER_ON TIME ANCHOR FIX ACK SESSION FAULT LOST NOFIX KEPT INTERVAL RADIO CONDITIONS JUDGED ALARM'.split(
    ' ',
  );
/** Which fields of a kind are differences against a base: latitude, longitude, clock. */
const BASED: Record<string, readonly number[]> = { FIX: [1, 2, 4], ANCHOR: [-1, -1, 1] };

function keptReadings(items: readonly (number | null | Uint8Array)[], channels: number): Kept[] {
  const [, firstSeq, powerOn, firstS, clockS, latE5, lonE5] = items as number[];
  const readings: Kept[] = [];
  let seq = firstSeq;
  let uptimeS = firstS;
  let codes: number[] = Array(channels).fill(0);
  for (let i = 7; i < items.length; i += 3) {
    codes = codesOf(items[i] as number | Uint8Array, codes);
    readings.push({ seq, powerOn, uptimeS, clockS, latE5, lonE5, codes });
    seq += items[i + 1] as number;
    uptimeS += (items[i + 2] as number) + 3600;
  }
  return readings;
}

/** What the flash says, oldest first; KEYs are not told. */
export function plainLog(cells: Uint8Array): Entry[] {
  return toldBy(plainRecords(cells));
}

/** What records say that stand in order, each block with its KEY. */
export function toldBy(records: readonly PlainRecord[]): Entry[] {
  const entries: Entry[] = [];
  let powerOn = 0;
  let rowClockS = 0;
  let intervalS = 0;
  let codes: number[] = [];
  let bases: number[] = [];
  for (const { page, index, seq, item } of records) {
    const tell = (kind: string, more: Partial<Entry> = {}): void => {
      entries.push({
        seq,
        kind,
        powerOn,
        uptimeS: rowClockS,
        codes: [],
        fields: [],
        kept: [],
        page,
        index,
        ...more,
      });
    };
    if (!isArray(item)) {
      codes = codesOf(item, codes);
      rowClockS += intervalS;
      tell('READING', { codes });
      continue;
    }
    const kind = KINDS[item[0] as number] ?? String(item[0]);
    const fields = item.slice(1) as (number | null)[];
    if (kind === 'KEY') {
      [, , powerOn, rowClockS, intervalS] = fields as number[];
      codes = Array(page.channels.length).fill(Number.NaN);
      bases = [0, 0, 0];
      continue;
    }
    for (const [base, field] of (BASED[kind] ?? []).entries())
      if (field >= 0 && fields[field] !== null)
        bases[base] = fields[field] = (fields[field] as number) + bases[base];
    if (kind === 'POWER_ON')
      [powerOn, , rowClockS] = [fields[0] as number, 0, (fields[2] as number) - intervalS];
    if (kind === 'INTERVAL') intervalS = fields[0] as number;
    if (kind === 'TIME') rowClockS = (fields[0] as number) - intervalS;
    tell(kind, { fields, kept: kind === 'KEPT' ? keptReadings(item, page.channels.length) : [] });
  }
  return entries;
}

function isArray(item: Item): item is readonly (number | null | Uint8Array)[] {
  return Array.isArray(item);
}
