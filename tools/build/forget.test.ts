import { expect, test } from 'vitest';
import { forget } from './forget.ts';

function forgotten(...statements: string[]): string {
  const source = `(() => {\n${statements.join('\n')}\n})();`;
  const result = forget(source);
  return result.slice(source.length - '})();'.length, -'})();'.length).trim();
}

test('what only the start calls is let go of behind it', () => {
  expect(forgotten('function a() { return 1; }', 'out(a());')).toBe('a = null;');
});

test('so is what only such a function calls', () => {
  expect(
    forgotten('function a() { return 1; }', 'function run() { try { out(a()); } catch (e) {} }', 'run();'),
  ).toBe('a = run = null;');
});

test('what may be called later stays', () => {
  expect(forgotten('function a() {}', 'const later = () => a();', 'out(later);')).toBe('');
  expect(forgotten('function a() {}', 'function b() { return () => a(); }', 'out(b());')).toBe('b = null;');
  expect(forgotten('function a() {}', 'class B { m() { a(); } }', 'out(new B());')).toBe('');
  expect(forgotten('function a() { out(() => a()); }', 'a();')).toBe('');
  expect(forgotten('function a() { a(); }', 'a();')).toBe('');
});

test('what is handed on, or never called, stays', () => {
  expect(forgotten('function a() {}', 'out(a);')).toBe('');
  expect(forgotten('function a() {}', 'out({ a });')).toBe('');
  expect(forgotten('function a() {}', 'out();')).toBe('');
});

test('the bundle does what it did', () => {
  const source =
    '(() => { function made(x) { return { twice: () => 2 * x }; } const one = made(4); out(one.twice()); })();';
  const out: unknown[] = [];
  for (const text of [source, forget(source)]) new Function('out', text)((value: unknown) => out.push(value));
  expect(out).toEqual([8, 8]);
});
