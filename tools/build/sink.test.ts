import { expect, test } from 'vitest';
import { sink } from './sink.ts';

/** The statements of a bundle's scope, one a line, without white space. */
function bundle(...statements: string[]): string {
  return `(() => {\n${statements.join('\n')}\n})();`;
}

function sunk(root: string, ...statements: string[]): string[] {
  return sink(bundle(...statements), [root])
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

test('what only one function needs goes into it, in the order in which it stood', () => {
  const result = sunk(
    'root',
    'function a() { return 1; }',
    'const b = [1, 2];',
    'function root(x) { return a() + b[0] + x; }',
    'root(3);',
  );
  expect(result).toEqual([
    '(() => {',
    'function root(x) {',
    'function a() { return 1; }',
    'const b = [1, 2];',
    'return a() + b[0] + x; }',
    'root(3);',
    '})();',
  ]);
});

test('the bundle does what it did', () => {
  const source = bundle(
    'const table = [4, 5];',
    'class Sum { constructor() { this.n = 0; } add(x) { this.n += helper(x); return this; } }',
    'function helper(x) { return table[x]; }',
    'function root() { return new Sum().add(0).add(1).n; }',
    'out(root() + root());',
  );
  const results: unknown[] = [];
  for (const text of [source, sink(source, ['root'])])
    new Function('out', text)((value: unknown) => results.push(value));
  expect(results).toEqual([18, 18]);
});

test('what something else needs too stays, and so does what that needs', () => {
  const statements = [
    'function shared() { return deep(); }',
    'function deep() { return 1; }',
    'function root() { return shared(); }',
    'root(); shared();',
  ];
  expect(sink(bundle(...statements), ['root'])).not.toMatch(/root\(\) \{\s*function/);
});

test('a name that nobody uses but a parameter shares is not taken for used', () => {
  const statements = [
    'function other(row) { return row; }',
    'function root() { return 2; }',
    'f(root(), other(1));',
  ];
  expect(sunk('root', ...statements)).toContain('function other(row) { return row; }');
});

test('what is computed when the bundle loads, and may change, stays', () => {
  for (const statement of ['const n = f();', 'const n = [];', 'const n = new Set();', 'var n = 1, m = 2;']) {
    const source = bundle(statement, 'function root() { n[0] = 1; n.push(2); }', 'root();');
    expect(sink(source, ['root'])).toBe(source.replace('root() {', 'root() {\n\n'));
  }
});

test('a bundle without the function is left alone', () => {
  expect(sink(bundle('f();'), ['root'])).toBe(bundle('f();'));
});
