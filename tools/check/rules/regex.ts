import type { Rule } from '../rule.ts';
import { literalString } from '../syntax.ts';

const instead =
  'use indexOf, split and charCodeAt, or only . [..] [^..] * + ^ $ \\d \\w \\s, flat groups, top-level |';

export const regexSubset: Rule = {
  id: 'regex-subset',
  reason: 'Espruino matches this wrongly, and in silence',
  instead,
  check: (bundle, report) => {
    for (const node of bundle.all('Literal')) {
      const fault = node.regex && faultIn(node.regex.pattern);
      if (fault) report(node, fault);
    }
    for (const node of bundle.all('NewExpression', 'CallExpression')) {
      if (!bundle.isFree(node.callee, 'RegExp')) continue;
      const pattern = literalString(node.arguments[0]);
      const fault = pattern === undefined ? 'a pattern made at run time cannot be checked' : faultIn(pattern);
      if (fault) report(node, fault);
    }
  },
};

export const regexFlags: Rule = {
  id: 'regex-flags',
  reason: 'Espruino ignores every flag but g and i',
  instead: 'write the pattern without it',
  check: (bundle, report) => {
    const isOdd = (flags: string | undefined): flags is string => flags !== undefined && /[^gi]/.test(flags);
    for (const node of bundle.all('Literal'))
      if (isOdd(node.regex?.flags)) report(node, `/${node.regex?.flags}`);
    for (const node of bundle.all('NewExpression', 'CallExpression')) {
      const flags = bundle.isFree(node.callee, 'RegExp') ? literalString(node.arguments[1]) : undefined;
      if (isOdd(flags)) report(node, `"${flags}"`);
    }
  },
};

const maxGroups = 9;

/** What in a pattern is outside the part of the syntax that Espruino's matcher gets right; '' for nothing. */
function faultIn(pattern: string): string {
  let groups = 0;
  let isInGroup = false;
  let isInSet = false;
  let hasAlternatives = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (char === '\\') {
      at++;
      const isBackspace = isInSet && next === 'b';
      if (/[A-Za-z1-9]/.test(next) && !/[dDwWsSnrtfv]/.test(next) && !isBackspace) {
        const isHex = next === 'x' && /^[0-9a-f]{2}/i.test(pattern.slice(at + 1));
        if (!isHex) return `\\${next}`;
      }
    } else if (isInSet) {
      // The matcher looks for the next alternative without seeing the brackets.
      if (char === '|') return '| inside [ ]';
      if (char === ']') isInSet = false;
    } else if (char === '[') {
      isInSet = true;
    } else if (char === '(') {
      if (next === '?') return `(?${pattern.charAt(at + 2)}`;
      if (isInGroup) return 'a group inside a group';
      isInGroup = true;
      groups++;
    } else if (char === ')') {
      isInGroup = false;
      if ('*+?{'.includes(next) && next !== '') return `a repeated group ")${next}"`;
    } else if (char === '?') {
      return '?';
    } else if (char === '{' && /^\{\d+(,\d*)?\}/.test(pattern.slice(at))) {
      return '{n}';
    } else if (char === '|') {
      if (isInGroup) return '| inside a group';
      hasAlternatives = true;
    }
  }
  if (groups > maxGroups) return `more than ${maxGroups} groups`;
  return hasAlternatives && groups > 0 ? '| beside a group, which misnumbers the groups' : '';
}
