import { describe, expect, it } from 'vitest';
import { mockClock } from '../mock/clock.ts';
import { type Rule, runRules } from './rule.ts';

function run(rules: Rule[], seconds: number): { verdicts: string[]; broken: number[] } {
  const clock = mockClock();
  const verdicts: string[] = [];
  const broken: number[] = [];
  runRules(
    rules,
    clock,
    (rule, problem) => verdicts.push(`${rule.name}: ${problem}`),
    (count) => broken.push(count),
  );
  clock.advance(seconds);
  return { verdicts, broken };
}

describe('the runner of rules', () => {
  it('runs rules one after another and counts those that do not hold', () => {
    const result = run(
      [
        { name: 'good', run: (done) => done(null) },
        { name: 'bad', run: (done) => done('wrong') },
      ],
      1,
    );
    expect(result).toEqual({ verdicts: ['good: null', 'bad: wrong'], broken: [1] });
  });

  it('goes on behind a rule that throws', () => {
    const thrower: Rule = {
      name: 'thrower',
      run: () => {
        throw new Error('oh');
      },
    };
    const result = run([thrower, { name: 'good', run: (done) => done(null) }], 1);
    expect(result.verdicts).toEqual(['thrower: threw Error: oh', 'good: null']);
  });

  it('goes on behind a rule that never comes to a verdict', () => {
    const result = run(
      [
        { name: 'silent', run: () => {} },
        { name: 'good', run: (done) => done(null) },
      ],
      2000,
    );
    expect(result.verdicts).toEqual(['silent: no verdict', 'good: null']);
  });

  it('takes the first verdict of a rule that gives several', () => {
    const result = run(
      [
        {
          name: 'double',
          run: (done) => {
            done(null);
            done('wrong');
          },
        },
      ],
      1,
    );
    expect(result).toEqual({ verdicts: ['double: null'], broken: [0] });
  });
});
