import { type AnyNode, parse } from 'acorn';
import { Bundle } from '../check/bundle.ts';
import type { Binding } from '../check/scopes.ts';
import { isAssigned } from '../check/syntax.ts';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The literal number that a binding stands for, as written; undefined when it is anything else or ever changes. */
function constantOf(bundle: Bundle, { declaration, references, identifier }: Binding): string | undefined {
  if (declaration.type !== 'VariableDeclarator' || !declaration.init) return undefined;
  const { init } = declaration;
  if (init.type !== 'Literal' || typeof init.value !== 'number') return undefined;
  const uses = references.filter((reference) => reference !== identifier);
  return uses.some((use) => isAssigned(bundle, use)) ? undefined : bundle.text(init);
}

function editsFor(bundle: Bundle, binding: Binding, value: string): Edit[] {
  const statement = bundle.parent(binding.declaration);
  if (statement?.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return [];
  const uses = binding.references.filter((use) => use !== binding.identifier);
  const replaced = uses.map((use) => {
    const parent = bundle.parent(use) as AnyNode;
    const shorthand = parent.type === 'Property' && parent.shorthand;
    return { start: use.start, end: use.end, text: shorthand ? `${binding.name}: ${value}` : value };
  });
  return [...replaced, { start: statement.start, end: statement.end, text: '' }];
}

/**
 * Put the numbers of a bundle's named constants where the names are. Espruino keeps each name of the bundle's scope in a
 * JsVar or two of RAM and looks names up one after the other, so every name that is not there pays twice; esbuild
 * does this for one file but not across files.
 */
export function inlineConstants(source: string): string {
  const bundle = new Bundle(source, parse(source, { ecmaVersion: 2015 }), Number.POSITIVE_INFINITY);
  const edits = bundle.bindings.flatMap((binding) => {
    const value = constantOf(bundle, binding);
    return value === undefined ? [] : editsFor(bundle, binding, value);
  });
  let result = source;
  for (const { start, end, text } of edits.sort((a, b) => b.start - a.start))
    result = result.slice(0, start) + text + result.slice(end);
  return result;
}
