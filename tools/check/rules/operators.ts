import type { Rule } from '../rule.ts';

export const optionalChaining: Rule = {
  id: 'optional-chaining',
  reason: 'Espruino has no `?.`: a SyntaxError',
  instead: 'build with target es2015, or test for null',
  check: (bundle, report) => {
    for (const node of bundle.all('ChainExpression')) report(node);
  },
};

export const exponent: Rule = {
  id: 'exponent',
  reason: 'Espruino has no `**`: a SyntaxError',
  instead: 'multiply; shift for powers of two below 2^31',
  check: (bundle, report) => {
    for (const node of bundle.all('BinaryExpression')) if (node.operator === '**') report(node);
    for (const node of bundle.all('AssignmentExpression')) if (node.operator === '**=') report(node);
  },
};

export const logicalAssignment: Rule = {
  id: 'logical-assignment',
  reason: 'Espruino has no `??=`, `||=` and `&&=`: a SyntaxError',
  instead: 'build with target es2015, or assign in an if',
  check: (bundle, report) => {
    for (const node of bundle.all('AssignmentExpression'))
      if (['??=', '||=', '&&='].includes(node.operator)) report(node);
  },
};

export const bigint: Rule = {
  id: 'bigint',
  reason: 'Espruino has no BigInt: a SyntaxError',
  instead: 'use numbers up to 2^53, or two 32-bit halves',
  check: (bundle, report) => {
    for (const node of bundle.all('Literal')) if (typeof node.bigint === 'string') report(node);
  },
};

export const newTarget: Rule = {
  id: 'new-target',
  reason: 'Espruino has no new.target: a SyntaxError',
  instead: 'construct in a factory function',
  check: (bundle, report) => {
    for (const node of bundle.all('MetaProperty')) if (node.meta.name === 'new') report(node);
  },
};

export const taggedTemplate: Rule = {
  id: 'tagged-template',
  reason: 'Espruino has no tagged templates: a SyntaxError',
  instead: 'call the function with the parts',
  check: (bundle, report) => {
    for (const node of bundle.all('TaggedTemplateExpression')) report(node);
  },
};
