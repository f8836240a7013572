import { type Child, element, type Markup } from './markup.ts';

export interface Column {
  head: string;
  /** Figures stand right-aligned; times never break. */
  kind?: 'figure' | 'time';
}

export function table(columns: readonly Column[], rows: readonly Child[][]): Markup {
  const head = columns.map(({ head, kind }) => element('th', { scope: 'col', class: kind }, head));
  const body = rows.map((cells) =>
    element(
      'tr',
      {},
      cells.map((cell, index) => element('td', { class: columns[index]?.kind }, cell)),
    ),
  );
  return element('table', {}, element('thead', {}, element('tr', {}, head)), element('tbody', {}, body));
}
