import type { Rule } from '../rule.ts';

export const label: Rule = {
  id: 'label',
  reason: 'Espruino has no labels: a ReferenceError when the statement runs',
  instead: 'move the inner loop into a function and return from it',
  check: (bundle, report) => {
    for (const node of bundle.all('LabeledStatement')) report(node);
  },
};

export const defaultNotLast: Rule = {
  id: 'default-not-last',
  reason: 'a case after default is "CASE after DEFAULT unsupported"',
  instead: 'move default to the end of the switch',
  check: (bundle, report) => {
    for (const node of bundle.all('SwitchStatement'))
      for (const clause of node.cases.slice(0, -1)) if (!clause.test) report(clause);
  },
};

export const bareReturn: Rule = {
  id: 'bare-return',
  reason: 'return takes whatever follows it, on the next line too, unless that is `;` or `}`',
  instead: 'end it with a semicolon, and start the value on the line of the return',
  check: (bundle, report) => {
    const spaceAndComments = /(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/y;
    for (const node of bundle.all('ReturnStatement')) {
      if (node.argument) continue;
      spaceAndComments.lastIndex = node.start + 'return'.length;
      spaceAndComments.test(bundle.source);
      const next = bundle.source.charAt(spaceAndComments.lastIndex);
      if (next !== ';' && next !== '}') report(node);
    }
  },
};

export const withStatement: Rule = {
  id: 'with-statement',
  reason: 'Espruino has no with: a ReferenceError',
  instead: 'name the object',
  check: (bundle, report) => {
    for (const node of bundle.all('WithStatement')) report(node);
  },
};

export const debuggerStatement: Rule = {
  id: 'debugger-statement',
  reason: 'the device stops in its debugger and waits for a person at the console',
  instead: 'remove it',
  check: (bundle, report) => {
    for (const node of bundle.all('DebuggerStatement')) report(node);
  },
};
