import { expect, test } from 'vitest';
import { flatten } from './flatten.ts';

test('what stood in the function stands at the top, and does what it did', () => {
  const flat = flatten('(()=>{const a=2;function f(){return a}out(f())})();\n');
  expect(flat).toBe('const a=2;function f(){return a}out(f());\n');
  const out: unknown[] = [];
  new Function('out', flat)((value: unknown) => out.push(value));
  expect(out).toEqual([2]);
});

test('a bundle of another shape is refused', () => {
  for (const source of ['f();', '(() => {})(); f();', '((a) => {})(1);', '(() => 1)();', ''])
    expect(() => flatten(source), source).toThrow('not one function');
});

test("a name that is the interpreter's own gives way, and no other", () => {
  const source =
    '(()=>{function E(a){return a+1}var D5=2,print=D5,o={D5};function f(E){return E}out(E(print),o.D5,f(4))})();';
  const flat = flatten(source);
  expect(flat).toBe(
    'function E_(a){return a+1}var D5_=2,print_=D5_,o={D5:D5_};function f(E){return E}out(E_(print_),o.D5,f(4));\n',
  );
  const out: unknown[] = [];
  new Function('out', flat)((...values: unknown[]) => out.push(...values));
  expect(out).toEqual([3, 2, 4]);
});
