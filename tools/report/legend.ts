import { element, type Markup } from './markup.ts';

/** What a legend can explain, drawn with the class that the picture uses for it. */
const SWATCHES = {
  route: 'M1 7h28',
  uncovered: 'M3 7h24',
  dot: 'M10 7a4.5 4.5 0 1 1 9 0a4.5 4.5 0 1 1-9 0z',
  special: 'M8 7l6.5-6.5 6.5 6.5-6.5 6.5z',
  supply: 'M1 7h28',
  return: 'M1 7h28',
  outside: 'M1 7h28',
  humidity: 'M1 7h28',
  offline: 'M1 0h28v14h-28z',
  missing: 'M9 11v-7M15 11v-7M21 11v-7',
} as const;

const CLASSES: Partial<Record<keyof typeof SWATCHES, string>> = {
  special: 'dot special',
  supply: 'line supply',
  return: 'line return',
  outside: 'line outside',
  humidity: 'line humidity',
};

/** One entry: a sample of the line or mark, and what it means. */
export function key(mark: keyof typeof SWATCHES, meaning: string): Markup {
  const sample = element('path', { class: CLASSES[mark] ?? mark, d: SWATCHES[mark] });
  const swatch = element('svg', { class: 'swatch', viewBox: '0 0 30 14', 'aria-hidden': 'true' }, sample);
  return element('li', {}, swatch, meaning);
}

export function legend(keys: readonly Markup[]): Markup {
  return element('ul', { class: 'legend' }, keys);
}
