import type { Plain } from './cbor-item.ts';

/**
 * True when `items` are of these types, a letter each: u an unsigned integer, i an integer, n an integer or null, t a
 * text.
 */
export function areOfTypes(items: readonly Plain[], types: string): boolean {
  return (
    items.length === types.length &&
    items.every((item, i) => {
      const type = types[i];
      if (typeof item === 'number') return type !== 't' && (type !== 'u' || item >= 0);
      return (item === null && type === 'n') || (typeof item === 'string' && type === 't');
    })
  );
}

/** True when `intervalS` can be the seconds from one reading to the next. */
export function isInterval(intervalS: number): boolean {
  return intervalS >= 1 && intervalS <= 0xffff;
}
