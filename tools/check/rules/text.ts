import type { Rule } from '../rule.ts';

export const nonAscii: Rule = {
  id: 'non-ascii',
  reason: 'the ESP32 build reads bytes, so the text comes out as other characters and of another length',
  instead: 'ASCII only, in comments too (esbuild: charset ascii)',
  check: (bundle, report) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII starts at 0
    for (const match of bundle.source.matchAll(/[^\x00-\x7f]+/g)) report({ start: match.index });
  },
};

export const wideEscape: Rule = {
  id: 'wide-escape',
  reason: 'a character of the ESP32 build is one byte: \\u keeps the low byte only, and \\u{...} is an error',
  instead: 'send the UTF-8 bytes as \\x escapes',
  check: (bundle, report) => {
    const texts = bundle.all('Literal').filter((node) => typeof node.value === 'string');
    for (const node of [...texts, ...bundle.all('TemplateElement')])
      for (const match of bundle.text(node).matchAll(/\\(u\{[^}]*\}|u[0-9a-f]{4}|[\s\S])/gi))
        if (/^u(?!00[0-9a-f]{2}$)./i.test(match[1] ?? ''))
          report({ start: node.start + match.index }, match[0]);
  },
};

export const escapedName: Rule = {
  id: 'escaped-name',
  reason: 'Espruino takes no escapes in names: a SyntaxError',
  instead: 'ASCII names',
  check: (bundle, report) => {
    for (const node of bundle.all('Identifier')) if (bundle.text(node).includes('\\')) report(node);
    for (const node of bundle.all('MemberExpression', 'Property', 'MethodDefinition')) {
      const name = node.type === 'MemberExpression' ? node.property : node.key;
      if (!node.computed && name.type === 'Identifier' && bundle.text(name).includes('\\')) report(name);
    }
  },
};

export const size: Rule = {
  id: 'size',
  reason: 'larger than the budget',
  instead: 'drop what is not used, move texts to the host, or raise the budget with a reason',
  check: (bundle, report) => {
    const bytes = Buffer.byteLength(bundle.source);
    if (bytes > bundle.maxBytes) report({ start: 0 }, `${bytes} bytes, budget ${bundle.maxBytes}`);
  },
};
