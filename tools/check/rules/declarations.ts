import { Order } from '../order.ts';
import type { Rule } from '../rule.ts';
import type { Binding } from '../scopes.ts';

export const useBeforeDeclaration: Rule = {
  id: 'use-before-declaration',
  reason:
    'nothing is hoisted: code that runs above the declaration gets a ReferenceError, or an outer variable of the same name',
  instead: 'move the declaration up; modules in the order of their imports, without a cycle',
  check: (bundle, report) => {
    const order = new Order(bundle);
    for (const binding of bundle.bindings) {
      const declaredAt = declaredFrom(binding);
      if (declaredAt === undefined) continue;
      for (const reference of binding.references) {
        const first = order.firstRun(reference, binding);
        if (first >= declaredAt) continue;
        const through = first === reference.start ? '' : ' is reached by a call above its declaration';
        report(reference, `\`${binding.name}\`${through}`);
      }
    }
  },
};

/** From where on in the source the device knows a name; undefined where it always does. */
function declaredFrom(binding: Binding): number | undefined {
  switch (binding.kind) {
    case 'var':
      return binding.identifier.start;
    case 'let':
    case 'const':
      return binding.declaration.end;
    case 'function':
    case 'class':
      return binding.declaration.start;
    default:
      return undefined;
  }
}

export const leakedGlobals: Rule = {
  id: 'leaked-globals',
  reason: 'every name outside a function becomes a global, takes memory and slows each look-up',
  instead: 'build with format iife; assign to `global.name` what the console shall see',
  check: (bundle, report) => {
    const leaked = bundle.bindings.filter((binding) => binding.scope.type === 'Program');
    const first = leaked[0];
    if (first === undefined) return;
    const names = leaked
      .slice(0, 5)
      .map((binding) => binding.name)
      .join(', ');
    const more = leaked.length > 5 ? ', ...' : '';
    report(first.identifier, `${leaked.length} at the top level (${names}${more})`);
  },
};
