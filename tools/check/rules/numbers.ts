import type { Node } from 'acorn';
import type { Bundle } from '../bundle.ts';
import type { Rule } from '../rule.ts';
import { calledMethod, callsBuiltIn, isBuiltInMember, isUndefined } from '../syntax.ts';

export const toFixedZero: Rule = {
  id: 'to-fixed-zero',
  reason: 'toFixed(0) truncates: 1.9 gives "1"',
  instead: 'String(Math.round(x))',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      if (calledMethod(node) !== 'toFixed') continue;
      const digits = node.arguments[0];
      const isZero = digits?.type === 'Literal' && digits.value === 0;
      if (digits === undefined || isZero || isUndefined(bundle, digits)) report(node);
    }
  },
};

export const mathPow: Rule = {
  id: 'math-pow',
  reason: 'Math.pow is not exact: 2^32 gives 4294967295.99999666',
  instead: 'multiply, or write the constant',
  check: (bundle, report) => {
    for (const node of bundle.all('MemberExpression'))
      if (isBuiltInMember(bundle, node, 'Math', 'pow')) report(node);
  },
};

export const fractionalTime: Rule = {
  id: 'fractional-time',
  reason: 'milliseconds come with a fraction (1795282366993.95)',
  instead: 'Math.floor(Date.now())',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      const isNow = callsBuiltIn(bundle, node, 'Date', 'now');
      if (isNow && !isMadeWhole(bundle, node)) report(node);
    }
  },
};

/** Whether a number becomes an integer within the arithmetic that it stands in. */
function isMadeWhole(bundle: Bundle, number: Node): boolean {
  for (const ancestor of bundle.ancestors(number)) {
    if (ancestor.type === 'CallExpression')
      return ['floor', 'round', 'ceil'].some((name) => callsBuiltIn(bundle, ancestor, 'Math', name));
    if (ancestor.type === 'UnaryExpression' && ancestor.operator === '~') return true;
    if (ancestor.type !== 'BinaryExpression') return false;
    if (['|', '&', '^', '>>', '>>>', '<<'].includes(ancestor.operator)) return true;
  }
  return false;
}

export const unseededRandom: Rule = {
  id: 'unseeded-random',
  reason: 'random numbers are the same after every boot unless E.srand is called, and this bundle never does',
  instead: 'E.srand(...) first, with the device id, the time and a noisy reading',
  check: (bundle, report) => {
    const members = bundle.all('MemberExpression');
    if (members.some((node) => isBuiltInMember(bundle, node, 'E', 'srand'))) return;
    const sources = [
      ['Math', 'random'],
      ['Math', 'randInt'],
      ['E', 'hwRand'],
    ] as const;
    for (const node of members)
      if (sources.some(([object, name]) => isBuiltInMember(bundle, node, object, name))) report(node);
  },
};
