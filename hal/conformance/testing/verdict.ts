import type { MockClock } from '../../mock/clock.ts';
import type { Rule } from '../rule.ts';

/** Run one rule in virtual time: null when it holds, else what is wrong. */
export function verdictOf(rule: Rule, clock: MockClock): string | null {
  const verdicts: (string | null)[] = [];
  rule.run((problem) => verdicts.push(problem));
  for (let passedS = 0; verdicts.length === 0 && passedS < 900; passedS += 10) clock.advance(10);
  if (verdicts.length === 0) return 'no verdict';
  return verdicts[0];
}
