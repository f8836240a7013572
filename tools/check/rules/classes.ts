import { isWithin } from '../bundle.ts';
import type { Rule } from '../rule.ts';

export const classExtends: Rule = {
  id: 'class-extends',
  reason:
    'inheritance breaks in silence from the third level on, with static methods, and for Array and Error',
  instead:
    'hold the other object in a field, or use a factory function; for errors Object.assign(new Error(m), {code})',
  check: (bundle, report) => {
    for (const node of bundle.all('ClassDeclaration', 'ClassExpression'))
      if (node.superClass) report(node.superClass);
  },
};

export const superCall: Rule = {
  id: 'super',
  reason: 'super is looked up from the object, not from the class, and calls itself for ever',
  instead: "call the other object's method by its name",
  check: (bundle, report) => {
    for (const node of bundle.all('Super')) report(node);
  },
};

export const privateName: Rule = {
  id: 'private-name',
  reason: 'Espruino has no #private names: a SyntaxError',
  instead: "use TypeScript's private, or a variable that a factory function closes over",
  check: (bundle, report) => {
    for (const node of bundle.all('MethodDefinition', 'PropertyDefinition'))
      if (node.key.type === 'PrivateIdentifier') report(node.key);
    for (const node of bundle.all('MemberExpression'))
      if (node.property.type === 'PrivateIdentifier') report(node.property);
    for (const node of bundle.all('BinaryExpression'))
      if (node.left.type === 'PrivateIdentifier') report(node.left);
  },
};

export const staticBlock: Rule = {
  id: 'static-block',
  reason: 'Espruino has no static blocks: a SyntaxError',
  instead: 'write the statements after the class',
  check: (bundle, report) => {
    for (const node of bundle.all('StaticBlock')) report(node);
  },
};

export const classField: Rule = {
  id: 'class-field',
  reason: 'a field is evaluated once, when the class is defined, and shared by all its instances',
  instead: 'assign it in the constructor (TypeScript: useDefineForClassFields false)',
  check: (bundle, report) => {
    for (const node of bundle.all('PropertyDefinition')) if (!node.static) report(node);
  },
};

export const staticField: Rule = {
  id: 'static-field',
  reason: 'a static field needs a value, and that value cannot name the class yet',
  instead: 'assign it after the class',
  check: (bundle, report) => {
    for (const node of bundle.all('PropertyDefinition')) {
      if (!node.static) continue;
      if (!node.value) {
        report(node);
        continue;
      }
      const value = node.value;
      const owner = bundle.parent(bundle.parent(node) ?? node);
      for (const name of bundle.all('Identifier')) {
        const isOwner = isWithin(name, value) && bundle.functionOf(name) === bundle.functionOf(node);
        if (isOwner && bundle.binding(name)?.declaration === owner) report(name, `\`${name.name}\``);
      }
    }
  },
};

export const classExpressionName: Rule = {
  id: 'class-expression-name',
  reason: 'the name of a class expression is not defined inside it: a ReferenceError',
  instead: 'declare the class, or use the name of the variable that holds it',
  check: (bundle, report) => {
    for (const binding of bundle.bindings) {
      const owner = binding.declaration;
      if (binding.kind !== 'own-name' || owner.type !== 'ClassExpression') continue;
      // With a variable of the same name around it, as esbuild writes it, the device finds that one.
      const holder = bundle.parent(owner);
      const isHeld =
        (holder?.type === 'VariableDeclarator' && bundle.text(holder.id) === binding.name) ||
        (holder?.type === 'AssignmentExpression' && bundle.text(holder.left) === binding.name);
      if (!isHeld) for (const reference of binding.references) report(reference, `\`${binding.name}\``);
    }
  },
};
