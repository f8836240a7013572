import { type AnyNode, parse } from 'acorn';
import { Bundle } from '../check/bundle.ts';
import type { Binding } from '../check/scopes.ts';
import { isAssigned } from '../check/syntax.ts';
import { type Edit, edited } from './edit.ts';

type Constant = number | string;

/** What two constants give; undefined where that may depend on who computes it. */
function combined(operator: string, left: Constant, right: Constant): Constant | undefined {
  if (typeof left === 'string' && typeof right === 'string' && operator === '+') return left + right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '<<':
      return left << right;
    case '|':
      return left | right;
    default:
      return undefined;
  }
}

/** The value of an expression of literals: a text, or a whole number; undefined for anything else. */
function constantIn(node: AnyNode): Constant | undefined {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number' || typeof node.value === 'string' ? node.value : undefined;
    case 'TemplateLiteral': {
      const values = node.expressions.map((expression) => constantIn(expression));
      if (values.some((value) => typeof value !== 'string')) return undefined;
      return node.quasis.map((quasi, index) => `${quasi.value.cooked}${values[index] ?? ''}`).join('');
    }
    case 'UnaryExpression': {
      const value = node.operator === '-' ? constantIn(node.argument) : undefined;
      return typeof value === 'number' ? -value : undefined;
    }
    case 'BinaryExpression': {
      const left = constantIn(node.left as AnyNode);
      const right = constantIn(node.right);
      return left === undefined || right === undefined ? undefined : combined(node.operator, left, right);
    }
    default:
      return undefined;
  }
}

/** How a constant is written; a number that was computed only where it is whole, as Espruino may round another. */
function textOf(bundle: Bundle, init: AnyNode): string | undefined {
  const value = constantIn(init);
  if (value === undefined || init.type === 'Literal')
    return value === undefined ? undefined : bundle.text(init);
  if (typeof value === 'string') return JSON.stringify(value);
  if (!Number.isSafeInteger(value)) return undefined;
  return value < 0 ? `(${value})` : `${value}`;
}

/** The constant that a binding stands for, as written; undefined when it is anything else or ever changes. */
function constantOf(bundle: Bundle, { declaration, references, identifier }: Binding): string | undefined {
  if (declaration.type !== 'VariableDeclarator' || !declaration.init) return undefined;
  const uses = references.filter((reference) => reference !== identifier);
  return uses.some((use) => isAssigned(bundle, use)) ? undefined : textOf(bundle, declaration.init);
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
 * Put the values of a bundle's named numbers and texts where the names are, and of those that are computed from them.
 * Espruino keeps each name of the bundle's scope in a JsVar or two of RAM, and a text in more, and looks names up one
 * after the other, so every name that is not there pays twice; esbuild does this for one file but not across files.
 */
export function inlineConstants(source: string): string {
  let result = source;
  for (let before = ''; before !== result; ) {
    before = result;
    const bundle = new Bundle(result, parse(result, { ecmaVersion: 2015 }), Number.POSITIVE_INFINITY);
    // One that stands in another's value waits for the next round.
    const inner = bundle.bindings.flatMap((binding) => {
      const value = constantOf(bundle, binding);
      return value === undefined ? [] : editsFor(bundle, binding, value);
    });
    result = edited(result, inner);
  }
  return result;
}
