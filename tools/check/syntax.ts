import type { AnyNode, CallExpression, Expression, MemberExpression, NewExpression, Node } from 'acorn';
import type { AnyFunction, Bundle } from './bundle.ts';
import { isFunction, isIdentifier } from './bundle.ts';

/** The name in `object.name` or `object['name']`, or undefined where it is computed. */
export function memberName(node: MemberExpression): string | undefined {
  if (!node.computed) return isIdentifier(node.property) ? node.property.name : undefined;
  return literalString(node.property);
}

/** The text of a string literal, or of a template without substitutions. */
export function literalString(node: Node | undefined | null): string | undefined {
  const literal = node as AnyNode | undefined | null;
  if (literal?.type === 'Literal' && typeof literal.value === 'string') return literal.value;
  if (literal?.type === 'TemplateLiteral' && literal.expressions.length === 0)
    return literal.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** The method's name in `object.name(...)`, or undefined for any other node. */
export function calledMethod(call: CallExpression): string | undefined {
  return call.callee.type === 'MemberExpression' ? memberName(call.callee) : undefined;
}

/** Whether a call is `object.name(...)` on the device's own `object`. */
export function callsBuiltIn(bundle: Bundle, call: CallExpression, object: string, name: string): boolean {
  return call.callee.type === 'MemberExpression' && isBuiltInMember(bundle, call.callee, object, name);
}

export function isBuiltInMember(bundle: Bundle, node: Node, object: string, name: string): boolean {
  const member = node as AnyNode;
  return (
    member.type === 'MemberExpression' && bundle.isFree(member.object, object) && memberName(member) === name
  );
}

/** `undefined` itself, or `void 0` as a minifier writes it. */
export function isUndefined(bundle: Bundle, node: Node): boolean {
  const expression = node as AnyNode;
  return (
    bundle.isFree(expression, 'undefined') ||
    (expression.type === 'UnaryExpression' && expression.operator === 'void')
  );
}

/** Whether a node is written to: the left side of an assignment, or the operand of `++` and `--`. */
export function isAssigned(bundle: Bundle, node: Node): boolean {
  const parent = bundle.parent(node);
  if (parent?.type === 'AssignmentExpression') return parent.left === node;
  return parent?.type === 'UpdateExpression';
}

/** Array methods that call their argument before they return. */
const callsBack = new Set([
  'every',
  'filter',
  'find',
  'findIndex',
  'forEach',
  'map',
  'reduce',
  'reduceRight',
  'some',
  'sort',
]);

export function isIteration(call: CallExpression): boolean {
  return callsBack.has(calledMethod(call) ?? '');
}

/** The call that runs `node` as a function on the spot: `f()`, `new F()`, `f.call()`, `list.forEach(f)`. */
export function callOf(bundle: Bundle, node: Node): CallExpression | NewExpression | undefined {
  const parent = bundle.parent(node);
  if (parent === undefined) return undefined;
  if (parent.type === 'CallExpression') {
    if (parent.callee === node) return parent;
    return isIteration(parent) && parent.arguments[0] === node ? parent : undefined;
  }
  if (parent.type === 'NewExpression') {
    const runsExecutor = bundle.isFree(parent.callee, 'Promise') && parent.arguments[0] === node;
    return parent.callee === node || runsExecutor ? parent : undefined;
  }
  if (parent.type === 'SequenceExpression' && parent.expressions.at(-1) === node)
    return callOf(bundle, parent);
  if (parent.type === 'MemberExpression' && parent.object === node) {
    const call = bundle.parent(parent);
    const name = memberName(parent);
    if (call?.type === 'CallExpression' && call.callee === parent && (name === 'call' || name === 'apply'))
      return call;
  }
  return undefined;
}

/** The one value that a variable ever has, if it is declared with it and never assigned again. */
export function constantValue(bundle: Bundle, node: Node): Expression | AnyFunction | undefined {
  const binding = bundle.binding(node);
  if (binding === undefined) return undefined;
  if (binding.references.some((reference) => isAssigned(bundle, reference))) return undefined;
  const declaration = binding.declaration;
  if (binding.kind === 'function') return declaration as AnyFunction;
  if (declaration.type !== 'VariableDeclarator' || declaration.id !== binding.identifier) return undefined;
  return declaration.init ?? undefined;
}

/** A function given in place, or by the name of one. */
export function functionGiven(bundle: Bundle, node: Node | undefined): AnyFunction | undefined {
  if (node === undefined) return undefined;
  const value = isIdentifier(node) ? constantValue(bundle, node) : (node as AnyNode);
  return value !== undefined && isFunction(value) ? value : undefined;
}
