import { describe, expect, it } from 'vitest';
import { checkBundle } from './check.ts';
import { behaviourExamples } from './examples/behaviour.ts';
import { builtinExamples } from './examples/builtins.ts';
import { classExamples } from './examples/classes.ts';
import { syntaxExamples } from './examples/syntax.ts';
import type { ExampleTable } from './examples/table.ts';
import { rules } from './rules/all.ts';

const examples: ExampleTable = {
  ...syntaxExamples,
  ...classExamples,
  ...behaviourExamples,
  ...builtinExamples,
  size: {
    caught: [`f("${'x'.repeat(163_836)}")`],
    passes: [`f("${'x'.repeat(163_835)}")`],
  },
};

const found = (source: string): string[] => checkBundle(source).map((violation) => violation.rule);

describe('the table of examples', () => {
  it('has something caught and something passed for every rule, and for no other', () => {
    expect(Object.keys(examples).sort()).toEqual(rules.map((rule) => rule.id).sort());
    for (const [id, { caught, passes }] of Object.entries(examples))
      expect(Math.min(caught.length, passes.length), id).toBeGreaterThan(0);
  });

  it('parses as JavaScript, so that no example passes for a typing error', () => {
    for (const { caught, passes } of Object.values(examples))
      for (const source of [...caught, ...passes])
        expect(found(source), source).not.toContain('syntax-error');
  });
});

describe.each(Object.entries(examples))('%s', (id, { caught, passes }) => {
  it.each(caught)('catches %s', (source) => {
    expect(found(source)).toContain(id);
  });

  it.each(passes)('lets pass %s', (source) => {
    expect(found(source)).not.toContain(id);
  });
});

describe('every rule', () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s says what happens and what to write',
    (_id, rule) => {
      expect(rule.reason).toMatch(/^\S.*[^.]$/s);
      expect(rule.instead).toMatch(/^\S.*[^.]$/s);
    },
  );
});
