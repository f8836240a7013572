import { globals } from '../device.ts';
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

/** What is declared outside of a function is a global, which costs nothing by itself; but the interpreter's own go. */
export const hiddenBuiltIn: Rule = {
  id: 'hidden-built-in',
  reason: 'a name at the top level hides what the interpreter has under that name, from the console too',
  instead: 'choose another name',
  check: (bundle, report) => {
    for (const { scope, name, identifier } of bundle.bindings)
      if (scope.type === 'Program' && globals.has(name)) report(identifier, `\`${name}\``);
  },
};
