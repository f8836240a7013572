import { drawing } from './element.ts';

/** What a mark says; each has a shape of its own, so that nobody needs to see its colour. */
export type Mark = 'good' | 'warning' | 'bad' | 'skipped' | 'open';

const SHAPES: Readonly<Record<Mark, readonly [shape: string, sign: string]>> = {
  good: ['M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22z', 'M6.5 12.5l4 4 7-8.5'],
  warning: ['M12 1.5L23.5 22H.5z', 'M12 9v6.5M12 18v1.6'],
  bad: ['M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z', 'M8 8l8 8M16 8l-8 8'],
  skipped: ['M2 2h20v20H2z', 'M7 12h10'],
  open: ['M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20z', ''],
};

/** A sign of its own shape and colour. It is decoration: the word stands beside it. */
export function mark(kind: Mark): SVGSVGElement {
  const [shape, sign] = SHAPES[kind];
  return drawing(
    'svg',
    { class: `mark mark-${kind}`, viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    drawing('path', { class: 'mark-shape', d: shape }),
    drawing('path', { class: 'mark-sign', d: sign }),
  );
}
