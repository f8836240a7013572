import vm from 'node:vm';
import { removeMissing } from './missing.ts';

/** What the bundles use of the language's own objects. */
const INTRINSICS = [
  'Array',
  'Error',
  'Math',
  'Object',
  'String',
  'Uint8Array',
  'isNaN',
  'parseInt',
  'parseFloat',
];

/**
 * Takes out what Espruino lacks, then freezes every object that the language itself brings, so that no program can
 * leave anything in them. Its value is a Prepared.
 */
const PREPARE = `(() => {
  const Seen = Set;
  const { freeze, getPrototypeOf } = Object;
  const { ownKeys, getOwnPropertyDescriptor } = Reflect;
  const seen = new Seen([globalThis]);
  function freezeAll(thing) {
    if ((typeof thing !== 'object' && typeof thing !== 'function') || thing === null || seen.has(thing)) return;
    seen.add(thing);
    for (const key of ownKeys(thing)) {
      const { value, get, set } = getOwnPropertyDescriptor(thing, key);
      freezeAll(value);
      freezeAll(get);
      freezeAll(set);
    }
    freezeAll(getPrototypeOf(thing));
    freeze(thing);
  }
  ${removeMissing}
  for (const key of ownKeys(globalThis)) freezeAll(globalThis[key]);
  const own = new Seen(ownKeys(globalThis));
  const sweep = () => {
    for (const key of ownKeys(globalThis)) if (!own.has(key)) delete globalThis[key];
  };
  return { sweep, intrinsics: { ${INTRINSICS.join(', ')} } };
})()`;

interface Prepared {
  /** Takes away every property that a program has given the global object. */
  readonly sweep: () => void;
  readonly intrinsics: Record<string, unknown>;
}

/**
 * Where programs run that must leave nothing behind: one vm context whose own objects are frozen, and whose global object
 * is swept before each program. A program's variables die with it; a context of its own for each would do the same and
 * take three times as long.
 */
export class Realm {
  readonly #context = vm.createContext({});
  readonly #prepared = vm.runInContext(PREPARE, this.#context) as Prepared;
  readonly #source: string;
  readonly #filename: string;
  #program: ((...values: unknown[]) => void) | undefined;

  constructor(source: string, filename: string) {
    this.#source = source;
    this.#filename = filename;
  }

  /** Run the program from its first line with `globals`. Throws what it throws. */
  run(globals: Record<string, unknown>): void {
    this.#prepared.sweep();
    const values: Record<string, unknown> = { ...globals, ...this.#prepared.intrinsics };
    values['global'] = values;
    values['globalThis'] = values;
    this.#program ??= this.#compile(Object.keys(values));
    this.#program.apply(values, Object.values(values));
  }

  /**
   * The program's text as the body of a function whose parameters are the globals: V8 looks up the global names of a vm
   * context many times more slowly than a parameter, and a bundle, which leaks no globals of its own, cannot tell the difference.
   */
  #compile(names: readonly string[]): (...values: unknown[]) => void {
    const text = `(function(${names.join(',')}){${this.#source}\n})`;
    return new vm.Script(text, { filename: this.#filename }).runInContext(this.#context);
  }
}
