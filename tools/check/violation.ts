/** One place in a bundle that the device would refuse or get wrong. */
export interface Violation {
  /** Id of the rule, in kebab case. */
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** From 1. In a minified bundle this, and the excerpt, is what finds the place. */
  readonly column: number;
  readonly message: string;
  /** What to write instead. */
  readonly instead: string;
  /** Up to 60 characters of the bundle around the place, on one line. */
  readonly excerpt: string;
}
