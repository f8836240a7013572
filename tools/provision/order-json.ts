import { FILE_FORMAT } from '../console/commands/config-file.ts';
import type { OrderProblem } from './order-problem.ts';

/** What a work order says of one unit, not yet looked at: config names, and `cargo`. */
export interface RawUnit {
  /** "line 3" of a CSV; empty for a JSON file. */
  readonly where: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface RawOrder {
  readonly units: readonly RawUnit[];
  readonly problems: readonly OrderProblem[];
}

/**
 * The unit of a JSON file: an object of config names, or one with them in `config`, as `coldrail config export` writes it.
 */
export function parseOrderJson(text: string): RawOrder {
  const refused = (sentence: string): RawOrder => ({
    units: [],
    problems: [{ where: '', key: '', sentence }],
  });
  if (text.trim() === '') return refused('The file is empty.');
  try {
    const order: unknown = JSON.parse(text);
    const isObject = typeof order === 'object' && order !== null && !Array.isArray(order);
    if (!isObject) return refused('It must be one JSON object, with the names of the configuration.');
    const { format, config } = order as Record<string, unknown>;
    const isExport = format === FILE_FORMAT && typeof config === 'object' && config !== null;
    const fields = isExport ? config : order;
    return { units: [{ where: '', fields: fields as Record<string, unknown> }], problems: twice(text) };
  } catch (error) {
    const detail = (error as Error).message;
    if (/end of JSON|unterminated/i.test(detail))
      return refused('It breaks off in the middle: half a file. Copy it again.');
    return refused(`It is no JSON: ${detail.replace(/\.$/, '')}.`);
  }
}

/** Names that stand twice, of which a JSON reader takes the last without a word. The object has no other inside. */
function twice(text: string): OrderProblem[] {
  const names = [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*(:?)/g)].flatMap(([, name = '', colon]) =>
    colon === ':' ? [name] : [],
  );
  const again = names.filter((name, at) => names.indexOf(name) !== at);
  return [...new Set(again)].map((key) => ({ where: '', key, sentence: 'It stands twice.' }));
}
