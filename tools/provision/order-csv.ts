import { CsvError, parse } from 'csv-parse/sync';
import { fromWord, specOf } from '../console/display.ts';
import type { RawOrder, RawUnit } from './order-json.ts';
import type { OrderProblem } from './order-problem.ts';

interface Line {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * The units of a CSV (RFC 4180): the first line has the names of the columns, each further one a unit. An empty cell says
 * nothing about its key, `none` says that there is none.
 */
export function parseOrderCsv(text: string, delimiter: string): RawOrder {
  const lines = split(text, delimiter);
  if ('sentence' in lines) return { units: [], problems: [lines] };
  const [head, ...rows] = lines;
  if (!head) return { units: [], problems: [problem('The file is empty.')] };
  const names = head.record;
  const problems = columnProblems(names, delimiter);
  if (rows.length === 0 && problems.length === 0)
    problems.push(problem('It has no line behind the names of the columns.'));
  const units = rows.flatMap((line): RawUnit[] => {
    const where = `line ${line.info.lines}`;
    if (line.record.length === names.length) return [{ where, fields: fieldsOf(names, line.record) }];
    const isLast = line === rows.at(-1);
    const half = isLast ? ' If the file breaks off there, copy it again.' : '';
    const sentence = `It has ${line.record.length} fields, and there are ${names.length} columns.${half}`;
    problems.push({ where, key: '', sentence });
    return [];
  });
  return { units, problems };
}

function problem(sentence: string, where = '', key = ''): OrderProblem {
  return { where, key, sentence };
}

function split(text: string, delimiter: string): Line[] | OrderProblem {
  try {
    return parse(text, {
      delimiter,
      bom: true,
      trim: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as Line[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const where = typeof error['lines'] === 'number' ? `line ${error['lines']}` : '';
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      return problem('A quote stays open to the end: half a file, or a " too many.', where);
    return problem('A quote stands inside a field; write it twice, and the field in quotes.', where);
  }
}

function columnProblems(names: readonly string[], delimiter: string): OrderProblem[] {
  const other = [';', '\t', ','].find((one) => one !== delimiter && (names[0] ?? '').includes(one));
  if (names.length === 1 && other !== undefined) {
    const word = { ';': 'semicolons', '\t': 'tabs', ',': 'commas' }[other];
    const option = other === '\t' ? 'tab' : `"${other}"`;
    return [
      problem(`Its columns are separated by ${word}. Save it with commas, or add --delimiter ${option}.`),
    ];
  }
  const again = names.filter((name, at) => names.indexOf(name) !== at);
  return [
    ...(names.includes('') ? [problem('A column has no name.', 'line 1')] : []),
    ...[...new Set(again)]
      .filter((key) => key !== '')
      .map((key) => problem('Two columns have this name.', 'line 1', key)),
  ];
}

function fieldsOf(names: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [at, name] of names.entries()) {
    const cell = cells[at] ?? '';
    if (cell === '' || name === '') continue;
    const spec = specOf(name);
    fields[name] = spec && !cell.startsWith('@') ? fromWord(spec, cell) : cell;
  }
  return fields;
}
