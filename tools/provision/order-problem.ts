import { ColdrailError } from '../errors/error.ts';

/** What is wrong in a work order. */
export interface OrderProblem {
  /** The line of a CSV, as "line 3"; empty for a JSON file. */
  readonly where: string;
  /** A key of the configuration, a column; empty where it is the file. */
  readonly key: string;
  /** What is wrong and what would be right, with its stop. Never a secret. */
  readonly sentence: string;
}

/** A work order that was refused as a whole, before anything was sent. */
export class OrderRefused extends ColdrailError {
  readonly problems: readonly OrderProblem[];

  constructor(file: string, problems: readonly OrderProblem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super('provision.refused', { file, count });
    this.problems = problems;
  }

  override report(): string {
    const lines = this.problems.map(({ where, key, sentence }) => {
      const place = [where, key].filter((word) => word !== '').join(', ');
      return place === '' ? `  ${sentence}` : `  ${place}: ${sentence}`;
    });
    return [super.report(), ...lines].join('\n');
  }
}
