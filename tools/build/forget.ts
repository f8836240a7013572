import { type AnyNode, type FunctionDeclaration, parse } from 'acorn';
import { Bundle } from '../check/bundle.ts';
import { bodyOf } from './declarations.ts';

/**
 * Let go of the functions that a bundle calls while it starts and never again: those whose name stands only in its own
 * statements, or in such a function's, but in no function within that. What they have made stays.
 *
 *     ...; run(tracker()); run = tracker = null;
 */
export function forget(source: string): string {
  const bundle = new Bundle(source, parse(source, { ecmaVersion: 2015 }), Number.POSITIVE_INFINITY);
  const body = bodyOf(bundle);
  const [outer] = bundle.all('ArrowFunctionExpression', 'FunctionExpression');
  if (!outer) return source;
  const usesOf = new Map(
    body
      .filter((node): node is FunctionDeclaration => node.type === 'FunctionDeclaration')
      .map((node) => {
        const binding = bundle.bindings.find(({ identifier }) => identifier === node.id);
        return [node as AnyNode, binding?.references.filter((use) => use !== node.id) ?? []];
      }),
  );
  for (let before = -1; before !== usesOf.size; ) {
    before = usesOf.size;
    for (const [node, uses] of usesOf) {
      const isOnce = uses.every((use) => {
        const parent = bundle.parent(use);
        const host = bundle.functionOf(use) as AnyNode | undefined;
        const isCalled = parent?.type === 'CallExpression' && parent.callee === use;
        return isCalled && host !== undefined && (host === outer || (host !== node && usesOf.has(host)));
      });
      if (!isOnce || uses.length === 0) usesOf.delete(node);
    }
  }
  const names = [...usesOf.keys()].map((node) => (node as FunctionDeclaration).id.name);
  if (names.length === 0) return source;
  const end = outer.body.end - 1;
  return `${source.slice(0, end)}${names.join(' = ')} = null;\n${source.slice(end)}`;
}
