import type { AnyNode, Function as FunctionNode, Identifier, Node, Program } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import { type Binding, findBindings } from './scopes.ts';

export type NodeOf<T extends AnyNode['type']> = Extract<AnyNode, { type: T }>;
export type AnyFunction = NodeOf<'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression'>;

/**
 * A parsed bundle as the rules see it: every node in source order, its parent, and what each name means.
 * Property names that are not computed, and labels, are no nodes here: every Identifier is a variable.
 */
export class Bundle {
  readonly source: string;
  readonly maxBytes: number;
  readonly nodes: readonly AnyNode[];
  readonly #parents = new Map<Node, AnyNode>();
  readonly #bindingOf: ReadonlyMap<Identifier, Binding>;
  readonly bindings: readonly Binding[];
  /** Variables that the bundle uses and does not declare. */
  readonly free: readonly Identifier[];

  constructor(source: string, program: Program, maxBytes: number) {
    this.source = source;
    this.maxBytes = maxBytes;
    const nodes: AnyNode[] = [];
    fullAncestor(program, (node, _state, ancestors) => {
      nodes.push(node);
      const parent = ancestors[ancestors.length - 2];
      if (parent !== undefined) this.#parents.set(node, parent);
    });
    this.nodes = nodes.sort((a, b) => a.start - b.start || b.end - a.end);
    const found = findBindings(this.nodes, (node) => this.parent(node));
    this.bindings = found.bindings;
    this.#bindingOf = found.bindingOf;
    this.free = found.free;
  }

  all<T extends AnyNode['type']>(...types: T[]): NodeOf<T>[] {
    return this.nodes.filter((node): node is NodeOf<T> => (types as string[]).includes(node.type));
  }

  parent(node: Node): AnyNode | undefined {
    return this.#parents.get(node);
  }

  /** Parents from the nearest to the program. */
  *ancestors(node: Node): Generator<AnyNode> {
    for (let at = this.parent(node); at !== undefined; at = this.parent(at)) yield at;
  }

  /** What a variable is bound to, or undefined for a free one. */
  binding(node: Node): Binding | undefined {
    return this.#bindingOf.get(node as Identifier);
  }

  /** Whether `node` is the free variable `name`. */
  isFree(node: Node, name: string): boolean {
    return isIdentifier(node) && node.name === name && this.binding(node) === undefined;
  }

  /** The function that a node runs in, or undefined for the program's own code. */
  functionOf(node: Node): AnyFunction | undefined {
    for (const ancestor of this.ancestors(node)) if (isFunction(ancestor)) return ancestor;
    return undefined;
  }

  text(node: Node): string {
    return this.source.slice(node.start, node.end);
  }
}

export function isIdentifier(node: Node): node is Identifier {
  return node.type === 'Identifier';
}

export function isFunction(node: Node): node is AnyFunction & FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  );
}

export function isWithin(inner: Node, outer: Node): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
