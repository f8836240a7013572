/** For one rule: code that breaks it, and the nearest code that does not. */
export interface RuleExamples {
  readonly caught: readonly string[];
  readonly passes: readonly string[];
}

export type ExampleTable = Readonly<Record<string, RuleExamples>>;
