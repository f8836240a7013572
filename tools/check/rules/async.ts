import { isFunction } from '../bundle.ts';
import type { Rule } from '../rule.ts';

export const asyncFunction: Rule = {
  id: 'async-function',
  reason: 'Espruino has no async and await: a SyntaxError',
  instead: 'write a state machine, or chain callbacks',
  check: (bundle, report) => {
    for (const node of bundle.nodes) {
      if (isFunction(node) && node.async) report(node);
      else if (node.type === 'AwaitExpression' && !bundle.functionOf(node)) report(node);
    }
  },
};

export const generator: Rule = {
  id: 'generator',
  reason: 'Espruino has no generators: a SyntaxError',
  instead: 'call a function for each item, or fill an array',
  check: (bundle, report) => {
    for (const node of bundle.nodes) if (isFunction(node) && node.generator) report(node);
  },
};

export const forAwait: Rule = {
  id: 'for-await',
  reason: 'Espruino has no for await: a SyntaxError',
  instead: 'handle each item in its own callback',
  check: (bundle, report) => {
    for (const node of bundle.all('ForOfStatement')) if (node.await) report(node);
  },
};
