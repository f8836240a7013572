import type { Rule } from '../rule.ts';

export const defaultParameter: Rule = {
  id: 'default-parameter',
  reason: 'Espruino has no default values: a SyntaxError',
  instead: 'test the value for undefined in the body',
  check: (bundle, report) => {
    for (const node of bundle.all('AssignmentPattern')) report(node);
  },
};

export const restParameter: Rule = {
  id: 'rest-parameter',
  reason: 'Espruino has no rest elements: a SyntaxError',
  instead: 'take an array, or read `arguments`',
  check: (bundle, report) => {
    for (const node of bundle.all('RestElement')) report(node);
  },
};

export const spread: Rule = {
  id: 'spread',
  reason: 'Espruino has no spread: a SyntaxError',
  instead: 'use concat, apply, or Object.assign',
  check: (bundle, report) => {
    for (const node of bundle.all('SpreadElement')) report(node);
  },
};

export const destructuring: Rule = {
  id: 'destructuring',
  reason: 'Espruino has no destructuring: a SyntaxError, or a ReferenceError for `const {a} = o`',
  instead: 'read each property or element by itself',
  check: (bundle, report) => {
    for (const node of bundle.all('ObjectPattern', 'ArrayPattern')) report(node);
  },
};
