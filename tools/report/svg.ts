import { type Child, element, type Markup } from './markup.ts';

/** A picture in the page: scales to its column, and tells a screen reader its title and description. */
export function picture(
  options: { id: string; title: string; description: string; width: number; height: number },
  ...children: Child[]
): Markup {
  const { id, title, description, width, height } = options;
  return element(
    'svg',
    {
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      viewBox: `0 0 ${px(width)} ${px(height)}`,
    },
    element('title', { id: `${id}-title` }, title),
    element('desc', { id: `${id}-desc` }, description),
    ...children,
  );
}

/** A coordinate in SVG units, to a tenth. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

export function line(x1: number, y1: number, x2: number, y2: number, className: string): Markup {
  return element('line', { class: className, x1: px(x1), y1: px(y1), x2: px(x2), y2: px(y2) });
}

export function path(d: string, className: string, ...children: Child[]): Markup {
  return element('path', { class: className, d }, ...children);
}

/** The width that a text takes in bold Arial, near enough to keep labels apart. */
export function textWidthPx(text: string, fontPx: number): number {
  let ems = 0;
  for (const char of text) ems += charEms(char);
  return ems * fontPx;
}

function charEms(char: string): number {
  if (char >= '\u2e80') return 1;
  if (/[ijlft.,:'()|\- ]/.test(char)) return 0.34;
  return /[mw\p{Lu}]/u.test(char) ? 0.76 : 0.6;
}

/** Text cut to so many characters, with an ellipsis when something is missing. */
export function shorten(text: string, most: number): string {
  const chars = [...text];
  return chars.length <= most
    ? text
    : `${chars
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
