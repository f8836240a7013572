import type { Mark } from './corridor.ts';

/** Checked access to parsed JSON. Whatever is not as asked for ends in `fail`, with the path of the field. */
export class Fields {
  readonly #value: Record<string, unknown>;
  readonly #path: string;
  readonly #fail: (detail: string) => never;

  constructor(value: unknown, path: string, fail: (detail: string) => never) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      fail(`${path || 'the file'} is not an object`);
    }
    this.#value = value as Record<string, unknown>;
    this.#path = path;
    this.#fail = fail;
  }

  has(key: string): boolean {
    return this.#value[key] !== undefined;
  }

  fail(key: string, detail: string): never {
    return this.#fail(`${this.#at(key)} ${detail}`);
  }

  number(key: string, low: number, high: number): number {
    const value = this.#value[key];
    if (typeof value !== 'number' || !(value >= low && value <= high)) {
      return this.fail(key, `is ${JSON.stringify(value)}, not a number from ${low} to ${high}`);
    }
    return value;
  }

  text(key: string, shape: RegExp = /\S/): string {
    const value = this.#value[key];
    if (typeof value !== 'string' || !shape.test(value)) {
      return this.fail(key, `is ${JSON.stringify(value)}, not text of the shape ${shape.source}`);
    }
    return value;
  }

  oneOf<T extends string>(key: string, known: readonly T[]): T {
    const value = this.#value[key];
    const found = known.find((item) => item === value);
    return found ?? this.fail(key, `is ${JSON.stringify(value)}, not one of ${known.join(', ')}`);
  }

  flag(key: string): boolean {
    const value = this.#value[key] ?? false;
    return typeof value === 'boolean' ? value : this.fail(key, 'is neither true nor false');
  }

  object(key: string): Fields {
    return new Fields(this.#value[key], this.#at(key), this.#fail);
  }

  list(key: string): Fields[] {
    return this.#array(key).map((item, index) => new Fields(item, `${this.#at(key)}[${index}]`, this.#fail));
  }

  texts<T extends string>(key: string, known: readonly T[]): T[] {
    return this.#array(key).map((value, index) => {
      const found = known.find((item) => item === value);
      return found ?? this.fail(`${key}[${index}]`, `is not one of ${known.join(', ')}`);
    });
  }

  strings(key: string, shape: RegExp): string[] {
    return this.#array(key).map((value, index) =>
      typeof value === 'string' && shape.test(value)
        ? value
        : this.fail(`${key}[${index}]`, `is ${JSON.stringify(value)}, not text of the shape ${shape.source}`),
    );
  }

  /** Where the figures of this object come from. A figure without a mark is a broken file. */
  mark(): Mark {
    const marks = (['source', 'assumption'] as const).filter((key) => this.has(key));
    for (const key of marks) this.text(key);
    return marks.at(-1) ?? this.#fail(`${this.#path || 'the file'} has neither a source nor an assumption`);
  }

  /** Every named group of figures carries its mark. */
  marks(key: string, groups: readonly string[]): void {
    const figures = this.object(key);
    for (const group of groups) figures.object(group).mark();
  }

  #array(key: string): unknown[] {
    const value = this.#value[key];
    if (!Array.isArray(value) || value.length === 0)
      return this.fail(key, 'is not a list with something in it');
    return value;
  }

  #at(key: string): string {
    return this.#path ? `${this.#path}.${key}` : key;
  }
}
