import type { AnyNode, Node } from 'acorn';
import type { Bundle } from '../check/bundle.ts';

/** Whether evaluating an expression has no effect and needs nothing that changes. */
function isPure(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
    case 'ClassExpression':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true;
    case 'UnaryExpression':
      return isPure(node.argument);
    case 'ArrayExpression':
      return node.elements.every((element) => element !== null && isPure(element));
    case 'ObjectExpression':
      return node.properties.every((property) => property.type === 'Property' && isPure(property.value));
    default:
      return false;
  }
}

const MUTATORS = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'fill', 'set', 'sort', 'reverse']);

/** Whether a use of a list or an object changes it, so that it must not be made anew. */
export function isChange(bundle: Bundle, use: Node): boolean {
  const member = bundle.parent(use);
  if (member?.type !== 'MemberExpression' || member.object !== use) return false;
  const parent = bundle.parent(member);
  if (parent?.type === 'AssignmentExpression') return parent.left === member;
  if (parent?.type === 'UpdateExpression') return true;
  const method = bundle.text(member.property);
  return parent?.type === 'CallExpression' && parent.callee === member && MUTATORS.has(method);
}

/** The statements of a bundle's scope that do nothing but declare one name. */
export function declarations(body: readonly AnyNode[]): AnyNode[] {
  return body.filter((statement) => {
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') return true;
    if (statement.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return false;
    const init = statement.declarations[0]?.init;
    return init !== null && init !== undefined && isPure(init);
  });
}

/** The body of the one function that a bundle is. */
export function bodyOf(bundle: Bundle): readonly AnyNode[] {
  const [outer] = bundle.all('ArrowFunctionExpression', 'FunctionExpression');
  return outer?.body.type === 'BlockStatement' ? outer.body.body : [];
}

/** The name that a statement declares. */
export function nameOf(statement: AnyNode): Node | null | undefined {
  if (statement.type === 'VariableDeclaration') return statement.declarations[0]?.id;
  return statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration'
    ? statement.id
    : null;
}
