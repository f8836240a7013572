import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { specOf } from '../console/display.ts';
import { ColdrailError } from '../errors/error.ts';
import type { Unit } from './unit.ts';

/** A line of the results file. */
export interface Result {
  readonly deviceId: string;
  readonly result: 'done' | 'failed';
  /** Tells whether the order has changed since: of everything but secrets. */
  readonly order: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** The id of the error. */
  readonly error?: string;
}

/** Tells one order of a unit from another, and nothing about its secrets. */
export function digestOf({ values }: Unit): string {
  const told = Object.entries(values).filter(([name]) => !specOf(name)?.isSecret);
  const sorted = told.sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

/** What was done of a CSV, a line of JSON for each attempt, in a file beside it. */
export class Results {
  readonly file: string;
  readonly #done = new Map<string, string>();

  /** @throws ColdrailError `provision.results` */
  constructor(file: string) {
    this.file = file;
    for (const line of this.#read().split('\n')) {
      const result = parse(line);
      if (result?.result === 'done') this.#done.set(result.deviceId, result.order);
      else if (result) this.#done.delete(result.deviceId);
    }
  }

  isDone(unit: Unit): boolean {
    return this.#done.get(unit.deviceId) === digestOf(unit);
  }

  /** @throws ColdrailError `provision.results` */
  put(unit: Unit, at: string, error?: string): void {
    const { deviceId } = unit;
    const order = digestOf(unit);
    const result: Result = {
      deviceId,
      result: error ? 'failed' : 'done',
      order,
      at,
      ...(error ? { error } : {}),
    };
    if (!error) this.#done.set(deviceId, order);
    try {
      appendFileSync(this.file, `${JSON.stringify(result)}\n`);
    } catch (problem) {
      throw this.#unusable(problem);
    }
  }

  #read(): string {
    try {
      return readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw this.#unusable(error);
    }
  }

  #unusable(error: unknown): ColdrailError {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return new ColdrailError('provision.results', { file: this.file, detail: code });
  }
}

/** A line that a power cut has torn counts as none: its unit is done once more. */
function parse(line: string): Result | undefined {
  try {
    return JSON.parse(line) as Result;
  } catch {
    return undefined;
  }
}
