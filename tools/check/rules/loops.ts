import type { Node } from 'acorn';
import { type Bundle, isFunction, isWithin } from '../bundle.ts';
import type { Rule } from '../rule.ts';
import { calledMethod, callOf, functionGiven, isIteration } from '../syntax.ts';

export const loopHeadCapture: Rule = {
  id: 'loop-head-capture',
  reason:
    "the variable in a loop's head is one for all rounds: a function kept from the loop sees its last value",
  instead: 'copy it to a const in the body and use the copy',
  check: (bundle, report) => {
    for (const binding of bundle.bindings) {
      const loop = binding.scope;
      const isHead =
        loop.type === 'ForStatement' || loop.type === 'ForInStatement' || loop.type === 'ForOfStatement';
      if (!isHead || (binding.kind !== 'let' && binding.kind !== 'const')) continue;
      for (const reference of binding.references)
        if (isKeptFrom(bundle, loop, reference)) report(reference, `\`${binding.name}\``);
    }
  },
};

/** Whether a function that may outlive the round stands between the loop and a place in it. */
function isKeptFrom(bundle: Bundle, loop: Node, place: Node): boolean {
  for (const ancestor of bundle.ancestors(place)) {
    if (ancestor === loop) return false;
    if (isFunction(ancestor) && callOf(bundle, ancestor) === undefined) return true;
  }
  return false;
}

export const deleteInForIn: Rule = {
  id: 'delete-in-for-in',
  reason: 'deleting from the object that a for..in walks ends the loop early',
  instead: 'walk Object.keys(object)',
  check: (bundle, report) => {
    for (const loop of bundle.all('ForInStatement')) {
      const walked = bundle.text(loop.right);
      for (const node of bundle.all('UnaryExpression')) {
        if (node.operator !== 'delete' || !isWithin(node, loop.body)) continue;
        const isSame =
          node.argument.type === 'MemberExpression' && bundle.text(node.argument.object) === walked;
        if (isSame) report(node);
      }
    }
  },
};

export const pushInIteration: Rule = {
  id: 'push-in-iteration',
  reason: 'forEach and its kin also visit what is pushed while they run',
  instead: 'push to another array, or walk a slice()',
  check: (bundle, report) => {
    const calls = bundle.all('CallExpression');
    for (const call of calls) {
      if (!isIteration(call) || call.callee.type !== 'MemberExpression') continue;
      const list = bundle.text(call.callee.object);
      const body = functionGiven(bundle, call.arguments[0]);
      if (body === undefined) continue;
      for (const inner of calls) {
        if (calledMethod(inner) !== 'push' || inner.callee.type !== 'MemberExpression') continue;
        if (isWithin(inner, body) && bundle.text(inner.callee.object) === list) report(inner);
      }
    }
  },
};
