import { catalogue, type ErrorId } from './catalogue.ts';

/** An error from the catalogue. `message` is the filled-in sentence. */
export class ColdrailError extends Error {
  override readonly name = 'ColdrailError';
  readonly id: ErrorId;
  readonly remedy: string;
  readonly exitCode: 1 | 2;

  constructor(id: ErrorId, values: Record<string, string | number> = {}) {
    const entry = catalogue[id];
    super(fill(entry.sentence, values));
    this.id = id;
    this.remedy = fill(entry.remedy, values);
    this.exitCode = entry.exit;
  }

  /** Two lines for a person: what happened, and what to do. */
  report(): string {
    return `error ${this.id}: ${this.message}\n  ${this.remedy}`;
  }
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}
