import { expect, test } from 'vitest';
import { inlineConstants } from './inline-constants.ts';

test('a constant stands where its name was, and the name is gone', () => {
  expect(inlineConstants('(() => { var KEY = 7; f(KEY, -KEY); })();')).toBe('(() => {  f(7, -7); })();');
});

test('a shorthand property keeps its key', () => {
  expect(inlineConstants('(() => { const size = 4096; f({ size }); })();')).toBe(
    '(() => {  f({ size: 4096 }); })();',
  );
});

test('a name that another scope uses for something else is left alone', () => {
  const source = '(() => { var N = 1; function g(N) { return N; } f(N); })();';
  expect(inlineConstants(source)).toBe('(() => {  function g(N) { return N; } f(1); })();');
});

test('what changes is no constant', () => {
  for (const source of ['(() => { let n = 1; n = 2; f(n); })();', '(() => { let n = 0; n++; f(n); })();'])
    expect(inlineConstants(source)).toBe(source);
});

test('texts, lists and what is computed stay named', () => {
  const source = '(() => { var A = "x", B = [1]; var C = f(); g(A, B, C); })();';
  expect(inlineConstants(source)).toBe(source);
});
