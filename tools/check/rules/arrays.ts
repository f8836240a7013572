import type { AnyNode, Node } from 'acorn';
import { type Bundle, isIdentifier } from '../bundle.ts';
import type { Rule } from '../rule.ts';
import { calledMethod, constantValue, isAssigned, memberName } from '../syntax.ts';

export const assignLength: Rule = {
  id: 'assign-length',
  reason: 'the length of an array is read-only: a TypeError',
  instead: 'splice(n), or a new array',
  check: (bundle, report) => {
    for (const node of bundle.all('MemberExpression')) {
      // An object's own `this.length` is an ordinary property.
      if (memberName(node) !== 'length' || node.object.type === 'ThisExpression') continue;
      if (isAssigned(bundle, node)) report(node);
    }
  },
};

export const typedArraySlice: Rule = {
  id: 'typed-array-slice',
  reason: 'slice of a typed array gives a plain array at 14 bytes an element, and ArrayBuffer has no slice',
  instead: 'new Uint8Array(u8.buffer, offset, length), or subarray',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      if (calledMethod(node) !== 'slice' || node.callee.type !== 'MemberExpression') continue;
      const object = node.callee.object as AnyNode;
      const isBuffer = object.type === 'MemberExpression' && memberName(object) === 'buffer';
      if (isBuffer || isTypedArray(bundle, object)) report(node);
    }
  },
};

function isTypedArray(bundle: Bundle, node: Node): boolean {
  const value = (isIdentifier(node) ? constantValue(bundle, node) : node) as AnyNode | undefined;
  if (value?.type !== 'NewExpression' || bundle.binding(value.callee) !== undefined) return false;
  return /^(?:Uint|Int|Float)\d+(?:Clamped)?Array$|^ArrayBuffer$/.test(bundle.text(value.callee));
}

export const arrayLastIndexOf: Rule = {
  id: 'array-last-index-of',
  reason: 'arrays have no lastIndexOf (strings do)',
  instead: 'a loop from the end',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      if (calledMethod(node) !== 'lastIndexOf' || node.callee.type !== 'MemberExpression') continue;
      const object = node.callee.object;
      const value = isIdentifier(object) ? constantValue(bundle, object) : object;
      if (value?.type === 'ArrayExpression') report(node);
    }
  },
};
