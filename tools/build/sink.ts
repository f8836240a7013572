import { type AnyNode, type FunctionDeclaration, type Node, parse } from 'acorn';
import { Bundle, isWithin } from '../check/bundle.ts';

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

/**
 * Move what only `root` needs into it: functions and constants of the bundle's scope that nothing else refers to. Espruino
 * keeps each function of a scope that is alive in a dozen JsVars; those that one step of a wake needs and nothing else
 * then take memory during that step only. A bundle without such a function is left as it is.
 */
function sinkInto(source: string, root: string): string {
  const bundle = new Bundle(source, parse(source, { ecmaVersion: 2015 }), Number.POSITIVE_INFINITY);
  const body = bodyOf(bundle);
  const home = body.find(
    (node): node is FunctionDeclaration => node.type === 'FunctionDeclaration' && node.id?.name === root,
  );
  if (!home) return source;
  const movable = declarations(body).filter((statement) => statement !== home);
  const usesOf = new Map<AnyNode, Node[]>();
  for (const statement of movable) {
    const name = nameOf(statement);
    const binding = bundle.bindings.find(({ identifier }) => identifier === name);
    usesOf.set(statement, binding ? binding.references.filter((use) => use !== binding.identifier) : []);
  }
  const sunk = new Set(
    movable.filter((statement) => {
      const uses = usesOf.get(statement) ?? [];
      return uses.length > 0 && !uses.some((use) => isChange(bundle, use));
    }),
  );
  const hosts = (): AnyNode[] => [home, ...sunk];
  for (let before = -1; before !== sunk.size; ) {
    before = sunk.size;
    for (const statement of sunk) {
      const others = hosts().filter((host) => host !== statement);
      const inside = (use: Node): boolean =>
        isWithin(use, statement) || others.some((host) => isWithin(use, host));
      if (!usesOf.get(statement)?.every(inside)) sunk.delete(statement);
    }
  }
  const moved = movable.filter((statement) => sunk.has(statement));
  const text = moved.map((statement) => bundle.text(statement)).join('\n');
  const at = home.body.start + 1;
  const edits = [
    { start: at, end: at, text: `\n${text}\n` },
    ...moved.map(({ start, end }) => ({ start, end, text: '' })),
  ];
  let result = source;
  for (const edit of edits.sort((a, b) => b.start - a.start))
    result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}

/** The name that a statement declares. */
export function nameOf(statement: AnyNode): Node | null | undefined {
  if (statement.type === 'VariableDeclaration') return statement.declarations[0]?.id;
  return statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration'
    ? statement.id
    : null;
}

/** Sink into each of `roots` in turn. */
export function sink(source: string, roots: readonly string[]): string {
  return roots.reduce(sinkInto, source);
}
