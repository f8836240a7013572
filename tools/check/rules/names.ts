import type { AnyNode } from 'acorn';
import { reservedWords } from '../device.ts';
import type { Rule } from '../rule.ts';

export const computedKey: Rule = {
  id: 'computed-key',
  reason: 'Espruino has no computed names in object literals and classes: a SyntaxError',
  instead: 'assign to `object[key]` afterwards',
  check: (bundle, report) => {
    for (const node of bundle.all('Property', 'MethodDefinition', 'PropertyDefinition'))
      if (node.computed) report(node);
  },
};

/** Espruino reads a bare identifier here: in a class always, in an object literal after get and set. */
export const keywordMember: Rule = {
  id: 'member-name',
  reason:
    'in a class, and for a getter or setter, Espruino takes no keyword (`of` is one), string or number as a name: a SyntaxError',
  instead: 'choose another name, or a plain method in an object literal, which may have any',
  check: (bundle, report) => {
    for (const node of bundle.all('MethodDefinition', 'PropertyDefinition', 'Property')) {
      const isPlainProperty = node.type === 'Property' && node.kind === 'init';
      if (isPlainProperty || node.computed) continue;
      const key = node.key as AnyNode;
      if (key.type === 'Literal') report(key, bundle.text(key));
      else if (key.type === 'Identifier' && reservedWords.has(key.name)) report(key, `\`${key.name}\``);
    }
  },
};

/** Node allows `of` as a variable, and a minifier may well choose it. */
export const reservedVariable: Rule = {
  id: 'reserved-variable',
  reason: 'Espruino keeps this word for itself: a SyntaxError',
  instead: 'rename it; for a minifier, reserve the name',
  check: (bundle, report) => {
    for (const node of bundle.all('Identifier'))
      if (node.name !== 'undefined' && reservedWords.has(node.name)) report(node, `\`${node.name}\``);
  },
};
