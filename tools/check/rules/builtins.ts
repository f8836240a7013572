import type { MemberExpression } from 'acorn';
import { type Bundle, isIdentifier, isWithin } from '../bundle.ts';
import { missingMethods, statics } from '../device.ts';
import type { Rule } from '../rule.ts';
import { calledMethod, isAssigned, isBuiltInMember, literalString, memberName } from '../syntax.ts';

export const missingStatic: Rule = {
  id: 'missing-static',
  reason: 'the device has no such function: undefined, and calling it throws',
  instead: 'write it by hand for the values that occur (for Math.trunc: x | 0)',
  check: (bundle, report) => {
    const members = bundle.all('MemberExpression');
    const isMissing = (node: MemberExpression): boolean => {
      const known =
        isIdentifier(node.object) && !bundle.binding(node.object) && statics.get(node.object.name);
      const name = memberName(node);
      return known instanceof Set && name !== undefined && !known.has(name);
    };
    const added = new Set(
      members.filter((node) => isAssigned(bundle, node)).map((node) => bundle.text(node)),
    );
    for (const node of members)
      if (isMissing(node) && !added.has(bundle.text(node)) && !isTested(bundle, node))
        report(node, bundle.text(node));
  },
};

/** Whether the code can live without the value: `typeof a.b`, `a.b || c`, `a.b ? c : d`. */
function isTested(bundle: Bundle, node: MemberExpression): boolean {
  // esbuild's object spread keeps it in a variable and asks before it calls.
  if (memberName(node) === 'getOwnPropertySymbols') return bundle.parent(node)?.type === 'VariableDeclarator';
  const parent = bundle.parent(node);
  switch (parent?.type) {
    case 'UnaryExpression':
      return parent.operator === 'typeof' || parent.operator === '!';
    case 'LogicalExpression':
      return parent.left === node;
    case 'ConditionalExpression':
    case 'IfStatement':
      return isWithin(node, parent.test);
    default:
      return false;
  }
}

/**
 * Methods are known only by their names, so a name counts as the bundle's own wherever an object, a class or an
 * assignment in the bundle defines it.
 */
export const missingMethod: Rule = {
  id: 'missing-method',
  reason: 'no built-in object of the device has this method, and the bundle defines none of that name',
  instead: 'write it by hand',
  check: (bundle, report) => {
    const own = ownMembers(bundle);
    for (const node of bundle.all('CallExpression')) {
      const name = calledMethod(node);
      const replacement = name !== undefined && missingMethods.get(name);
      if (name === undefined || !replacement || own.has(name)) continue;
      const object = node.callee.type === 'MemberExpression' ? node.callee.object : node.callee;
      // Object.keys(x) and the like are statics, which have a rule of their own.
      if (isIdentifier(object) && bundle.binding(object) === undefined && statics.has(object.name)) continue;
      report(node, `.${name}()`, replacement);
    }
  },
};

function ownMembers(bundle: Bundle): Set<string> {
  const names = new Set<string>();
  for (const node of bundle.all('Property', 'MethodDefinition', 'PropertyDefinition')) {
    const name = node.key.type === 'Identifier' ? node.key.name : literalString(node.key);
    if (name !== undefined && !node.computed) names.add(name);
  }
  for (const node of bundle.all('MemberExpression')) {
    const name = memberName(node);
    if (name !== undefined && isAssigned(bundle, node)) names.add(name);
  }
  // The device's own OneWire objects can search.
  if (bundle.free.some((name) => name.name === 'OneWire')) names.add('search');
  return names;
}

export const prototypeMethod: Rule = {
  id: 'prototype-method',
  reason: 'built-in methods do not stand on the prototype object: Array.prototype.slice is undefined',
  instead: '[].slice.call(x), "".trim.call(x)',
  check: (bundle, report) => {
    for (const node of bundle.all('MemberExpression')) {
      const object = node.object;
      if (object.type !== 'MemberExpression' || memberName(object) !== 'prototype') continue;
      const owner = object.object;
      if (!isIdentifier(owner) || bundle.binding(owner) !== undefined || owner.name === 'Object') continue;
      if (!isAssigned(bundle, node) && memberName(node) !== 'toString') report(node, bundle.text(node));
    }
  },
};

export const errorDetails: Rule = {
  id: 'error-details',
  reason: 'errors have no name and no cause, and functions and classes no name: undefined',
  instead: 'Object.assign(new Error(message), {code}), and read e.code or e.message',
  check: (bundle, report) => {
    for (const node of bundle.all('MemberExpression')) {
      const name = memberName(node);
      if (name !== 'name' && name !== 'cause') continue;
      const isCaught = bundle.binding(node.object)?.kind === 'catch';
      const isConstructor =
        node.object.type === 'MemberExpression' && memberName(node.object) === 'constructor';
      if (isCaught || (isConstructor && name === 'name')) report(node);
    }
    for (const node of bundle.all('NewExpression', 'CallExpression'))
      if (bundle.isFree(node.callee, 'Error') && node.arguments[1]) report(node.arguments[1]);
  },
};

export const jsonArguments: Rule = {
  id: 'json-arguments',
  reason: 'Espruino ignores the reviver and the replacer',
  instead: 'change the object before or after',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      const given = node.arguments[1];
      if (given === undefined) continue;
      const isNothing =
        given.type === 'Literal' || given.type === 'UnaryExpression' || bundle.isFree(given, 'undefined');
      if (isBuiltInMember(bundle, node.callee, 'JSON', 'parse')) report(given, 'a reviver');
      if (isBuiltInMember(bundle, node.callee, 'JSON', 'stringify') && !isNothing)
        report(given, 'a replacer');
    }
  },
};

export const splitLimit: Rule = {
  id: 'split-limit',
  reason: 'split ignores its second argument',
  instead: 'split(separator).slice(0, n)',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      const limit = calledMethod(node) === 'split' ? node.arguments[1] : undefined;
      if (limit) report(limit);
    }
  },
};

export const cutShortMatch: Rule = {
  id: 'cut-short-match',
  reason: 'a match that the end of the text cuts short counts as a whole one: "hello".indexOf("oz") is 4',
  instead:
    'look for one character, use startsWith or split, or compare index + length with the text (hal/text.ts)',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      const name = calledMethod(node);
      if (name !== 'indexOf' && name !== 'includes' && name !== 'replace' && name !== 'replaceAll') continue;
      // A list of texts is searched item by item, which is right.
      const inList = node.callee.type === 'MemberExpression' && node.callee.object.type === 'ArrayExpression';
      if (!inList && (literalString(node.arguments[0])?.length ?? 0) > 1) report(node);
    }
  },
};

export const replaceCallback: Rule = {
  id: 'replace-callback',
  reason: 'with a string to look for, the text of the function is inserted in place of its result',
  instead: 'a regular expression as the first argument, or slice and join',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      const name = calledMethod(node);
      if (name !== 'replace' && name !== 'replaceAll') continue;
      const isFunction = /Function/.test(node.arguments[1]?.type ?? '');
      if (isFunction && literalString(node.arguments[0]) !== undefined) report(node);
    }
  },
};
