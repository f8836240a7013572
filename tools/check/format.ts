import type { Violation } from './violation.ts';

/** One line for each violation, ready to click in an editor; '' for none. */
export function formatViolations(file: string, violations: readonly Violation[]): string {
  return violations
    .map(
      ({ rule, line, column, message, instead, excerpt }) =>
        `${file}:${line}:${column} ${rule}: ${message}. Instead: ${instead}. Near: ${excerpt}\n`,
    )
    .join('');
}
