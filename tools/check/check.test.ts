import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { checkBundle } from './check.ts';

/** TypeScript of the kind that the firmware is written in, with what esbuild needs helpers for. */
const typeScript = `
  import { write } from 'Storage';
  declare const require: (name: string) => { erase(): void };
  enum Kind { A, B = 5 }
  class Ring {
    static made = 0;
    static make(): Ring { return new Ring(3); }
    private list: number[] = [];
    constructor(private readonly size: number) { Ring.made++; }
    push(value?: number): this {
      if (this.list.length >= this.size) this.list.splice(0, 1);
      this.list.push(value ?? 3);
      return this;
    }
    get total(): number { return this.list.reduce((a, b) => a + b, 0); }
  }
  const Named = class Inner { static made = 1; go() { return Inner.made; } };
  export function depth(o: { a?: { b?: number } }): number { return o.a?.b ?? 2; }
  const merged = { ...{ a: 1 }, z: depth({}) };
  let q: number | undefined;
  q ??= 4;
  for (const x of [1, 2]) { const y = x; setTimeout(() => console.log(y, Kind[y]), y); }
  try { write('a', \`line
  \${q}\`); } catch { require('Flash').erase(); }
  export namespace Units { export const v = 1; }
  console.log(Ring.make().push(1).total, merged, Named.made, Kind.B, Units.v);
`;

async function bundle(contents: string, minify: boolean): Promise<string> {
  const result = await build({
    stdin: { contents, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    target: 'es2015',
    charset: 'ascii',
    minify,
    external: ['Storage', 'Flash'],
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  });
  return result.outputFiles[0]?.text ?? '';
}

describe('a bundle that esbuild made for es2015', () => {
  it.each([false, true])('is clean when the source keeps to the language (minify %s)', async (minify) => {
    expect(checkBundle(await bundle(typeScript, minify))).toEqual([]);
  });

  it('is caught where esbuild lowers to what the device lacks', async () => {
    const lowered = await bundle(
      'class A { #a = 1; m(n: number) { return this.#a ** n; } } console.log(new A().m(2));',
      true,
    );
    const rules = checkBundle(lowered).map((violation) => violation.rule);
    expect(rules).toContain('missing-global');
    expect(rules).toContain('math-pow');
  });
});

describe('checkBundle', () => {
  it('reports each construct by itself, in the order of the text', () => {
    const rules = checkBundle('E.on(E?.a, E ** 2); import("x");').map((violation) => violation.rule);
    expect(rules).toEqual(['optional-chaining', 'missing-static', 'exponent', 'dynamic-import']);
  });

  it('says line and column from 1, with the text around the place', () => {
    const [violation] = checkBundle(`print(1);\n  print(${'1,'.repeat(200)}2 ** 3, 4);`);
    expect(violation).toMatchObject({ rule: 'exponent', line: 2, column: 409 });
    expect(violation?.excerpt).toContain('2 ** 3, 4');
    expect(violation?.excerpt.length).toBeLessThanOrEqual(60);
  });

  it('reports text that is no JavaScript once, at the place of the error', () => {
    expect(checkBundle('print(1);\nprint(]);')).toMatchObject([{ rule: 'syntax-error', line: 2, column: 7 }]);
  });

  it('reports a name that is declared twice, which the device would accept in silence', () => {
    expect(checkBundle('(() => { let a = 1; let a = 2; })();')).toMatchObject([{ rule: 'syntax-error' }]);
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['lists', `${'[1,'.repeat(20_000)}${']'.repeat(20_000)}`],
    ['sums', `print(1${'+1'.repeat(200_000)})`],
  ])('survives %s nested deeper than it can follow', (_what, source) => {
    expect(checkBundle(source, { maxBytes: 1e6 })).toMatchObject([{ rule: 'syntax-error' }]);
  });

  it('holds the bundle to the budget given', () => {
    expect(checkBundle('print(1);', { maxBytes: 9 })).toEqual([]);
    expect(checkBundle('print(1);', { maxBytes: 8 })).toMatchObject([{ rule: 'size' }]);
  });

  it('passes nothing on that a terminal would obey', () => {
    const [violation] = checkBundle('require("\u001b[31mred")');
    expect(violation?.rule).toBe('missing-module');
    expect(JSON.stringify(violation)).not.toContain('\\u001b');
  });
});
