import { parse } from 'acorn';
import { Bundle } from '../check/bundle.ts';
import { globals } from '../check/device.ts';
import { type Edit, edited } from './edit.ts';

/**
 * Take the function away that a bundle is, so that its names stand at the top. There Espruino has the scope of a function
 * for nothing: each takes a JsVar less, and each that is made while another runs takes four less. A name that is the
 * interpreter's own gives way: a minifier knows only of those that the bundle uses.
 */
export function flatten(source: string): string {
  const program = parse(source, { ecmaVersion: 2015 });
  const [only, ...others] = program.body;
  const call = only?.type === 'ExpressionStatement' ? only.expression : undefined;
  const callee = call?.type === 'CallExpression' && call.arguments.length === 0 ? call.callee : undefined;
  if (
    callee?.type !== 'ArrowFunctionExpression' ||
    callee.body.type !== 'BlockStatement' ||
    others.length > 0
  )
    throw new Error('the bundle is not one function that is called at once');
  const bundle = new Bundle(source, program, Number.POSITIVE_INFINITY);
  const inside = { start: callee.body.start + 1, end: callee.body.end - 1 };
  const edits: Edit[] = [];
  for (const { name, scope, identifier, references } of bundle.bindings) {
    if (!globals.has(name) || (scope !== callee && scope !== callee.body)) continue;
    let other = `${name}_`;
    while (source.includes(other)) other += '_';
    for (const use of new Set([identifier, ...references])) {
      const parent = bundle.parent(use);
      const text = parent?.type === 'Property' && parent.shorthand ? `${name}:${other}` : other;
      edits.push({ start: use.start - inside.start, end: use.end - inside.start, text });
    }
  }
  // The last statement of a block may stand without its end.
  return `${edited(source.slice(inside.start, inside.end), edits).trimEnd()};\n`;
}
