import type { Node } from 'acorn';
import { type AnyFunction, type Bundle, isFunction } from './bundle.ts';
import type { Binding } from './scopes.ts';
import { callOf, constantValue } from './syntax.ts';

interface Call {
  readonly at: number;
  readonly callee: AnyFunction;
}

type Home = AnyFunction | undefined;

/**
 * When code runs while one function's (or the program's) body runs from top to bottom, as an offset into that body.
 * Code in a nested function runs at the first call of that function; never (Infinity) where no call can be seen,
 * as for a timer's callback: that one comes when the whole body has run.
 */
export class Order {
  readonly #bundle: Bundle;
  readonly #callsIn = new Map<Home, Call[]>();
  readonly #firstCalls = new Map<Home, ReadonlyMap<AnyFunction, number>>();

  constructor(bundle: Bundle) {
    this.#bundle = bundle;
    const names = namesByValue(bundle);
    for (const node of bundle.nodes) {
      if (!isFunction(node)) continue;
      for (const place of [node, ...(names.get(constructed(bundle, node)) ?? [])]) {
        const call = callOf(bundle, place);
        if (call === undefined) continue;
        const caller = bundle.functionOf(call);
        this.#callsIn.set(caller, [...(this.#callsIn.get(caller) ?? []), { at: call.start, callee: node }]);
      }
    }
  }

  /** The first time that `node` is reached while the body that declares `binding` runs. */
  firstRun(node: Node, binding: Binding): number {
    const home = isFunction(binding.scope) ? binding.scope : this.#bundle.functionOf(binding.scope);
    const inside = this.#bundle.functionOf(node);
    if (inside === home) return node.start;
    return (inside && this.#firstCallsFrom(home).get(inside)) ?? Number.POSITIVE_INFINITY;
  }

  #firstCallsFrom(home: Home): ReadonlyMap<AnyFunction, number> {
    const known = this.#firstCalls.get(home);
    if (known !== undefined) return known;
    const first = new Map<AnyFunction, number>();
    const reach = (callee: AnyFunction, at: number): void => {
      if (callee === home || first.has(callee)) return;
      first.set(callee, at);
      for (const call of this.#callsIn.get(callee) ?? []) reach(call.callee, at);
    };
    const calls = [...(this.#callsIn.get(home) ?? [])].sort((a, b) => a.at - b.at);
    for (const call of calls) reach(call.callee, call.at);
    this.#firstCalls.set(home, first);
    return first;
  }
}

/** Every use of a variable that stands for one function or class, by that function or class. */
function namesByValue(bundle: Bundle): ReadonlyMap<Node, Node[]> {
  const names = new Map<Node, Node[]>();
  for (const binding of bundle.bindings) {
    const declaration = binding.declaration;
    const value =
      declaration.type === 'ClassDeclaration' ? declaration : constantValue(bundle, binding.identifier);
    if (value !== undefined) names.set(value, [...(names.get(value) ?? []), ...binding.references]);
  }
  return names;
}

/** The class that `node` is the constructor of, or `node` itself. */
function constructed(bundle: Bundle, node: AnyFunction): Node {
  const method = bundle.parent(node);
  if (method?.type !== 'MethodDefinition' || method.kind !== 'constructor') return node;
  const body = bundle.parent(method);
  return (body && bundle.parent(body)) ?? node;
}
