export interface TextColumn {
  readonly head: string;
  /** Figures stand right-aligned. */
  readonly isFigure?: boolean;
}

/** Lines of a table for a terminal: a head, and a line for each row, columns two spaces apart. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map(({ head }) => head), ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((cells) => (cells[at] ?? '').length)));
  return lines.map((cells) =>
    columns
      .map(({ isFigure }, at) => {
        const cell = cells[at] ?? '';
        const width = widths[at] ?? 0;
        return isFigure ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
