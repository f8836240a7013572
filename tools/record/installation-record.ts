import { itemEnd, type Plain, readArray } from '../decode/cbor-item.ts';
import { type TestStep, testSteps } from '../decode/tested.ts';
import { areOfTypes } from '../decode/types.ts';

/** What a tracker says about its own installation: "The record of selftest" in docs/console.md. */
export interface InstallationRecord {
  readonly device: string;
  /** How often it was switched on or reset, and seconds since it last was. */
  readonly powerOn: number;
  readonly uptimeS: number;
  /** Seconds since 1970; null where its clock was not known. */
  readonly utcS: number | null;
  readonly who: string;
  /** Empty where none was under way, or stated. */
  readonly trip: string;
  readonly container: string;
  readonly steps: readonly TestStep[];
}

/** Why bytes are no record. */
export type RecordFlaw = { readonly format: number } | { readonly detail: string };

const FORMAT = 1;

/** The record in these bytes, which are all of it. */
export function parseInstallationRecord(bytes: Uint8Array): InstallationRecord | RecordFlaw {
  const end = itemEnd(bytes, 0, bytes.length);
  if (end === undefined) return { detail: 'its bytes break off, or are no CBOR' };
  if (end < bytes.length) return { detail: `${bytes.length - end} bytes stand behind it` };
  const items: readonly Plain[] | undefined = readArray(bytes, 0, end);
  if (!items || typeof items[0] !== 'number')
    return { detail: 'its bytes are no array that begins with a format' };
  if (items[0] !== FORMAT) return { format: items[0] };
  const steps = testSteps(items[8]);
  const isOne = items.length === 9 && areOfTypes(items.slice(1, 8), 'tuunttt') && steps !== undefined;
  if (!isOne) return { detail: 'its items are not those that docs/console.md has' };
  const [, device, powerOn, uptimeS, utcS, who, trip, container] = items as [
    ...[number, string, number, number, number | null, string, string, string],
  ];
  return { device, powerOn, uptimeS, utcS, who, trip, container, steps };
}
