import type { Plain } from './cbor-item.ts';
import { areOfTypes } from './types.ts';

/** A value of the configuration as a CHANGED tells it; bytes as hexadecimal digits. */
export type ToldValue = number | string | null | { readonly hex: string };

/** A key of the configuration was changed: a CHANGED record of docs/journal.md. */
export interface Changed {
  /** Its number in docs/config.md; 0: the generation of the configuration as a whole. */
  key: number;
  /** What is long stands as its length and CRC-32, a secret as "(set)" or "(none)". */
  old: ToldValue;
  new: ToldValue;
  who: string;
}

function told(value: Plain): ToldValue | undefined {
  if (value instanceof Uint8Array) return { hex: Buffer.from(value).toString('hex') };
  return Array.isArray(value) ? undefined : (value as number | string | null | undefined);
}

/** The items of a CHANGED behind its kind; undefined when they are none. */
export function changedOf([key, old, now, who, after]: readonly Plain[]): Changed | undefined {
  if (!areOfTypes([key, who, after], 'uti')) return undefined;
  const [before, behind] = [told(old), told(now)];
  if (before === undefined || behind === undefined) return undefined;
  return { key: key as number, old: before, new: behind, who: who as string };
}
