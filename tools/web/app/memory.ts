/** What is remembered over the end of the page: the language and who works, nothing of a tracker. */
export type Remembered = 'language' | 'who';

/** Null where nothing is remembered, or nothing can be: a page from disk or in a private window may have no store. */
export function recall(name: Remembered): string | null {
  try {
    return localStorage.getItem(`coldrail.${name}`);
  } catch {
    return null;
  }
}

export function remember(name: Remembered, value: string): void {
  try {
    localStorage.setItem(`coldrail.${name}`, value);
  } catch {
    // Then it is asked for again.
  }
}
