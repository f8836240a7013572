/**
 * CDDL (RFC 8610) as far as docs/journal.cddl uses it: rules, choices, ranges, literals, .size, and arrays of entries with
 * keys, occurrence `*` and groups. Values are those of a CBOR decoder.
 */
type Type =
  | { is: 'choice'; of: Type[] }
  | { is: 'range'; low: number; high: number }
  | { is: 'literal'; value: number | string }
  | { is: 'size'; of: Type; low: number; high: number }
  | { is: 'array'; entries: Entry[] }
  | { is: 'name'; name: string };

/** One item or a group of them, once or, where `repeats`, as often as it fits. */
interface Entry {
  readonly repeats: boolean;
  readonly items: readonly (Type | Entry)[];
}

const token = /;.*|"[^"]*"|\.\.|\.size|-?\d+|[A-Za-z][\w-]*|[=[\](),:/*]/g;

const prelude: Record<string, (value: unknown) => boolean> = {
  any: () => true,
  null: (value) => value === null,
  tstr: (value) => typeof value === 'string',
  bytes: (value) => value instanceof Uint8Array,
};

export class Schema {
  readonly #rules = new Map<string, Type>();

  /** Throws where `text` is not CDDL, or more of it than is known here. */
  constructor(text: string) {
    const left = text.replace(token, '').trim();
    if (left !== '') throw new Error(`not known here: ${left}`);
    const tokens = (text.match(token) ?? []).filter((word) => !word.startsWith(';'));
    while (tokens.length > 0) {
      const name = take(tokens);
      take(tokens, '=');
      this.#rules.set(name, parseType(tokens));
    }
  }

  get rules(): string[] {
    return [...this.#rules.keys()];
  }

  /** True when `value` is what the rule `name` says. Throws for a rule that is not there. */
  matches(name: string, value: unknown): boolean {
    const rule = this.#rules.get(name);
    if (rule) return this.#fits(rule, value);
    const known = prelude[name];
    if (!known) throw new Error(`no rule ${name}`);
    return known(value);
  }

  #fits(type: Type, value: unknown): boolean {
    switch (type.is) {
      case 'choice':
        return type.of.some((one) => this.#fits(one, value));
      case 'range':
        return Number.isInteger(value) && type.low <= (value as number) && (value as number) <= type.high;
      case 'literal':
        return value === type.value;
      case 'size': {
        if (!this.#fits(type.of, value)) return false;
        const size = Buffer.from(value as string).length;
        return type.low <= size && size <= type.high;
      }
      case 'array':
        return Array.isArray(value) && this.#ends(type.entries, value, 0).includes(value.length);
      case 'name':
        return this.matches(type.name, value);
    }
  }

  /** Every place in `values` where `entries` may end when they begin at `from`. */
  #ends(entries: readonly (Type | Entry)[], values: readonly unknown[], from: number): number[] {
    let places = [from];
    for (const entry of entries)
      places = [...new Set(places.flatMap((at) => this.#after(entry, values, at)))];
    return places;
  }

  #after(entry: Type | Entry, values: readonly unknown[], at: number): number[] {
    if ('is' in entry) return at < values.length && this.#fits(entry, values[at]) ? [at + 1] : [];
    const once = this.#ends(entry.items, values, at);
    if (!entry.repeats) return once;
    return [at, ...once.filter((end) => end > at).flatMap((end) => this.#after(entry, values, end))];
  }
}

function take(tokens: string[], wanted?: string): string {
  const word = tokens.shift();
  if (word === undefined || (wanted !== undefined && word !== wanted)) {
    throw new Error(`${wanted ?? 'a name'} is missing before ${[word, ...tokens.slice(0, 4)].join(' ')}`);
  }
  return word;
}

function takeIf(tokens: string[], word: string): boolean {
  if (tokens[0] !== word) return false;
  tokens.shift();
  return true;
}

function parseType(tokens: string[]): Type {
  const of = [parseOne(tokens)];
  while (takeIf(tokens, '/')) of.push(parseOne(tokens));
  return of.length > 1 ? { is: 'choice', of } : (of[0] as Type);
}

function parseOne(tokens: string[]): Type {
  if (takeIf(tokens, '[')) return { is: 'array', entries: parseEntries(tokens, ']') };
  const word = take(tokens);
  if (word.startsWith('"')) return { is: 'literal', value: word.slice(1, -1) };
  if (/^-?\d/.test(word)) {
    const low = Number(word);
    return takeIf(tokens, '..')
      ? { is: 'range', low, high: Number(take(tokens)) }
      : { is: 'literal', value: low };
  }
  if (!/^[A-Za-z]/.test(word)) throw new Error(`no type: ${word}`);
  const name: Type = { is: 'name', name: word };
  if (!takeIf(tokens, '.size')) return name;
  const inBrackets = takeIf(tokens, '(');
  const low = Number(take(tokens));
  const high = takeIf(tokens, '..') ? Number(take(tokens)) : low;
  if (inBrackets) take(tokens, ')');
  return { is: 'size', of: name, low, high };
}

function parseEntries(tokens: string[], close: string): Entry[] {
  const entries: Entry[] = [];
  while (!takeIf(tokens, close)) {
    const repeats = takeIf(tokens, '*');
    if (takeIf(tokens, '(')) {
      entries.push({ repeats, items: parseEntries(tokens, ')') });
    } else {
      // A key names an item for the reader; in an array it says nothing about it.
      if (tokens[1] === ':') tokens.splice(0, 2);
      entries.push({ repeats, items: [parseType(tokens)] });
    }
    takeIf(tokens, ',');
  }
  return entries;
}
