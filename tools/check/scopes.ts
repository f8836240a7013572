import type { AnyNode, Identifier, Node, Pattern } from 'acorn';

export type BindingKind =
  | 'var'
  | 'let'
  | 'const'
  | 'function'
  | 'class'
  | 'parameter'
  | 'catch'
  | 'own-name'
  | 'import';

/** A declared name and every place that uses it. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  /** The block, function, loop, switch, class or program that the name lives in. */
  readonly scope: AnyNode;
  /** Where it is declared first. */
  readonly identifier: Identifier;
  /** The declarator, function or class; the pattern's owner for a parameter. */
  readonly declaration: AnyNode;
  readonly references: Identifier[];
}

export interface Bindings {
  readonly bindings: Binding[];
  readonly bindingOf: ReadonlyMap<Identifier, Binding>;
  readonly free: Identifier[];
}

type ParentOf = (node: Node) => AnyNode | undefined;

const scopeTypes = new Set<AnyNode['type']>([
  'Program',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'CatchClause',
  'ClassExpression',
  'ClassDeclaration',
  'StaticBlock',
]);

const functionScopeTypes = new Set<AnyNode['type']>([
  'Program',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'StaticBlock',
]);

/** Resolves every variable of a program by the language's own rules (not by Espruino's). Nodes in source order. */
export function findBindings(nodes: readonly AnyNode[], parentOf: ParentOf): Bindings {
  const scopes = new Map<AnyNode, Map<string, Binding>>();
  const bindingOf = new Map<Identifier, Binding>();
  const bindings: Binding[] = [];
  const declared = new Set<Node>();

  function declare(identifier: Identifier, kind: BindingKind, scope: AnyNode, declaration: AnyNode): void {
    declared.add(identifier);
    const names = scopes.get(scope) ?? new Map<string, Binding>();
    scopes.set(scope, names);
    let binding = names.get(identifier.name);
    if (binding === undefined) {
      binding = { name: identifier.name, kind, scope, identifier, declaration, references: [] };
      names.set(identifier.name, binding);
      bindings.push(binding);
    }
    bindingOf.set(identifier, binding);
  }

  for (const node of nodes) {
    switch (node.type) {
      case 'VariableDeclaration': {
        const scope = node.kind === 'var' ? functionScope(node, parentOf) : innerScope(node, parentOf);
        const kind = node.kind === 'var' || node.kind === 'let' ? node.kind : 'const';
        for (const declarator of node.declarations)
          for (const name of namesIn(declarator.id)) declare(name, kind, scope, declarator);
        break;
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        for (const param of node.params)
          for (const name of namesIn(param)) declare(name, 'parameter', node, node);
        if (!node.id) break;
        if (node.type === 'FunctionDeclaration')
          declare(node.id, 'function', innerScope(node, parentOf), node);
        else declare(node.id, 'own-name', node, node);
        break;
      }
      case 'ClassDeclaration':
        if (node.id) declare(node.id, 'class', innerScope(node, parentOf), node);
        break;
      case 'ClassExpression':
        if (node.id) declare(node.id, 'own-name', node, node);
        break;
      case 'CatchClause':
        if (node.param) for (const name of namesIn(node.param)) declare(name, 'catch', node, node);
        break;
      case 'ImportDeclaration':
        for (const specifier of node.specifiers)
          declare(specifier.local, 'import', innerScope(node, parentOf), node);
        break;
      default:
    }
  }

  const free: Identifier[] = [];
  for (const node of nodes) {
    if (node.type !== 'Identifier' || declared.has(node)) continue;
    const binding = resolve(node, scopes, parentOf);
    if (binding === undefined) free.push(node);
    else {
      binding.references.push(node);
      bindingOf.set(node, binding);
    }
  }
  return { bindings, bindingOf, free };
}

function resolve(
  identifier: Identifier,
  scopes: ReadonlyMap<AnyNode, ReadonlyMap<string, Binding>>,
  parentOf: ParentOf,
): Binding | undefined {
  for (let at = parentOf(identifier); at !== undefined; at = parentOf(at)) {
    const binding = scopes.get(at)?.get(identifier.name);
    if (binding !== undefined) return binding;
  }
  return undefined;
}

function innerScope(node: Node, parentOf: ParentOf): AnyNode {
  let at = parentOf(node);
  while (at !== undefined && (!scopeTypes.has(at.type) || isFunctionBody(at, parentOf))) at = parentOf(at);
  return at as AnyNode;
}

function functionScope(node: Node, parentOf: ParentOf): AnyNode {
  let at = parentOf(node);
  while (at !== undefined && !functionScopeTypes.has(at.type)) at = parentOf(at);
  return at as AnyNode;
}

/** A function's parameters and the top of its body share one scope. */
function isFunctionBody(node: AnyNode, parentOf: ParentOf): boolean {
  const parent = parentOf(node);
  return (
    node.type === 'BlockStatement' &&
    parent !== undefined &&
    functionScopeTypes.has(parent.type) &&
    parent.type !== 'Program' &&
    parent.type !== 'StaticBlock'
  );
}

function namesIn(pattern: Pattern): Identifier[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []));
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    default:
      return [];
  }
}
