import type { Identifier, Node } from 'acorn';
import { type Bundle, isWithin } from '../bundle.ts';
import { globals } from '../device.ts';
import type { Rule } from '../rule.ts';
import { isAssigned, isUndefined, literalString, memberName } from '../syntax.ts';

const replacements: Readonly<Record<string, string>> = {
  Map: 'a plain object keyed by string',
  Set: 'a plain object keyed by string',
  WeakMap: 'a property on the object (#private is lowered to this)',
  WeakSet: 'a property on the object (#private is lowered to this)',
  Symbol: 'a string constant',
  TextEncoder: 'charCodeAt into a Uint8Array (E.toUint8Array)',
  TextDecoder: 'E.toString or String.fromCharCode',
  Buffer: 'Uint8Array',
  RangeError: 'Object.assign(new Error(message), {code})',
  EvalError: 'Object.assign(new Error(message), {code})',
  URIError: 'Object.assign(new Error(message), {code})',
  structuredClone: 'object.clone()',
  queueMicrotask: 'setTimeout(f, 0)',
  setImmediate: 'setTimeout(f, 0)',
  performance: 'getTime()',
  encodeURI: 'encodeURIComponent',
  decodeURI: 'decodeURIComponent',
};

const linuxNames = new Set([
  'quit',
  'USB',
  'I2C3',
  'SPI3',
  'Serial4',
  'Serial5',
  'Serial6',
  'TFMicroInterpreter',
]);

export const missingGlobal: Rule = {
  id: 'missing-global',
  reason: 'not defined on the device: a ReferenceError when the line runs',
  instead: 'declare it, or do without',
  check: (bundle, report) => {
    for (const name of bundle.free) {
      if (globals.has(name.name) || linuxNames.has(name.name) || isGuarded(bundle, name)) continue;
      const advice = Object.hasOwn(replacements, name.name) ? replacements[name.name] : undefined;
      report(name, `\`${name.name}\``, advice);
    }
  },
};

/** Whether the code asks `typeof name` before it comes here, as esbuild's helper for require does. */
function isGuarded(bundle: Bundle, name: Identifier): boolean {
  const asksFor = (test: Node): boolean =>
    bundle
      .all('UnaryExpression')
      .some(
        (node) =>
          node.operator === 'typeof' && isWithin(node, test) && bundle.isFree(node.argument, name.name),
      );
  if (isAssigned(bundle, name)) return false;
  for (const ancestor of bundle.ancestors(name)) {
    if (ancestor.type === 'UnaryExpression' && ancestor.operator === 'typeof') return true;
    if (ancestor.type === 'ConditionalExpression' || ancestor.type === 'IfStatement') {
      if (!isWithin(name, ancestor.test) && asksFor(ancestor.test)) return true;
    } else if (ancestor.type === 'LogicalExpression') {
      if (isWithin(name, ancestor.right) && asksFor(ancestor.left)) return true;
    }
  }
  return false;
}

export const linuxOnly: Rule = {
  id: 'linux-only',
  reason: 'only the Linux build of Espruino has this',
  instead: 'keep it in the test preamble, outside the bundle',
  check: (bundle, report) => {
    for (const name of bundle.free) if (linuxNames.has(name.name)) report(name, `\`${name.name}\``);
    for (const node of bundle.all('MemberExpression'))
      for (const name of ['ccmEncrypt', 'ccmDecrypt'])
        if (memberName(node) === name) report(node, `AES ${name}`, 'AES CBC or CTR with an HMAC');
    for (const node of bundle.all('CallExpression')) {
      if (node.callee.type !== 'MemberExpression' || memberName(node.callee) !== 'setup') continue;
      const options = node.arguments[1];
      if (options?.type !== 'ObjectExpression') continue;
      for (const option of options.properties) {
        if (option.type !== 'Property') continue;
        const key = option.key.type === 'Identifier' ? option.key.name : literalString(option.key);
        if (key === 'path') report(option, 'a serial port by path', 'give rx and tx pins');
      }
    }
  },
};

export const clearUndefined: Rule = {
  id: 'clear-undefined',
  reason: 'clearing undefined throws, and clearing without an argument removes every timer or watch there is',
  instead: 'keep the id that the setter returned, and test it first',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      const isClear = ['clearTimeout', 'clearInterval', 'clearWatch'].some((name) =>
        bundle.isFree(node.callee, name),
      );
      if (!isClear) continue;
      const id = node.arguments[0];
      if (id === undefined || isUndefined(bundle, id)) report(node);
    }
  },
};
