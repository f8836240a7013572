/** The reason in a few words. A name with several addresses fails with one error for each and no message. */
export function causeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0]);
  const cause = error instanceof Error ? error.message || error.name : String(error);
  return cause.replace(/\.$/, '');
}
