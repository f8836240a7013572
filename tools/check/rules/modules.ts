import { modules } from '../device.ts';
import type { Rule } from '../rule.ts';
import { literalString } from '../syntax.ts';

export const importExport: Rule = {
  id: 'import-export',
  reason: 'Espruino has no modules in this form: a SyntaxError',
  instead: "bundle into one IIFE; name the device's own modules as external",
  check: (bundle, report) => {
    const statements = bundle.all(
      'ImportDeclaration',
      'ExportNamedDeclaration',
      'ExportDefaultDeclaration',
      'ExportAllDeclaration',
    );
    for (const node of statements) report(node);
    for (const node of bundle.all('MetaProperty')) if (node.meta.name === 'import') report(node);
  },
};

export const dynamicImport: Rule = {
  id: 'dynamic-import',
  reason: 'Espruino has no import(): a ReferenceError',
  instead: 'import at the top, so that the bundle holds it',
  check: (bundle, report) => {
    for (const node of bundle.all('ImportExpression')) report(node);
  },
};

export const missingModule: Rule = {
  id: 'missing-module',
  reason: 'the ESP32 build has no module of that name, so require throws',
  instead: 'bundle the module',
  check: (bundle, report) => {
    for (const node of bundle.all('CallExpression')) {
      if (!bundle.isFree(node.callee, 'require')) continue;
      const name = literalString(node.arguments[0]);
      if (name !== undefined && !modules.has(name)) report(node, `"${name}"`);
    }
  },
};
