import { type AnyNode, parse } from 'acorn';
import { Bundle } from '../check/bundle.ts';
import { bodyOf, declarations, nameOf } from './declarations.ts';
import { type Edit, edited } from './edit.ts';

/**
 * Make calls of a list of literals that is only ever gone through from end to end, so that one of its items is in memory at a
 * time and not all of them:
 *
 *     const TABLE = [{ a: 1 }, { a: 2 }];                  function each(visit) {
 *     function each(visit) { TABLE.forEach(visit); }  ->     visit({ a: 1 });
 *                                                            visit({ a: 2 });
 *                                                          }
 *
 * Only where a name is handed to forEach, and that is a statement of its own. A visitor must not ask for the index.
 */
export function unroll(source: string): string {
  const bundle = new Bundle(source, parse(source, { ecmaVersion: 2015 }), Number.POSITIVE_INFINITY);
  const edits: Edit[] = [];
  for (const statement of declarations(bodyOf(bundle))) {
    const init = statement.type === 'VariableDeclaration' ? statement.declarations[0]?.init : null;
    if (init?.type !== 'ArrayExpression') continue;
    const binding = bundle.bindings.find(({ identifier }) => identifier === nameOf(statement));
    const uses = binding?.references.filter((use) => use !== binding.identifier) ?? [];
    const calls = uses.map((use): Edit | undefined => {
      const member = bundle.parent(use);
      if (member?.type !== 'MemberExpression' || member.object !== use) return undefined;
      const call = bundle.parent(member);
      if (bundle.text(member.property) !== 'forEach' || call?.type !== 'CallExpression') return undefined;
      const [visitor] = call.arguments;
      const whole = bundle.parent(call);
      if (visitor?.type !== 'Identifier' || whole?.type !== 'ExpressionStatement') return undefined;
      const items = init.elements.map((item) => `${visitor.name}(${bundle.text(item as AnyNode)});`);
      return { start: whole.start, end: whole.end, text: items.join('\n') };
    });
    const found = calls.filter((call): call is Edit => call !== undefined);
    if (found.length !== uses.length || found.length === 0) continue;
    edits.push(...found, { start: statement.start, end: statement.end, text: '' });
  }
  return edited(source, edits);
}
