import { expect, test } from 'vitest';
import { inlineConstants } from './inline-constants.ts';

test('a constant stands where its name was, and the name is gone', () => {
  expect(inlineConstants('(() => { var KEY = 7; f(KEY, -KEY); })();')).toBe('(() => {  f(7, -7); })();');
});

test('a text does as well', () => {
  expect(inlineConstants("(() => { var A = 'a\\n'; f(A); })();")).toBe("(() => {  f('a\\n'); })();");
});

test('what is computed of constants is one', () => {
  const source =
    '(() => { const SIZE = 256; const ROOM = SIZE * 2 - 4; const BITS = 1 << 6 | 1; f(ROOM, BITS); })();';
  expect(inlineConstants(source).replace(/ +/g, ' ')).toBe('(() => { f(508, 65); })();');
  expect(
    inlineConstants(`(() => { const A = "a"; const B = \`\${A}-b\`; f(B); })();`).replace(/ +/g, ' '),
  ).toBe('(() => { f("a-b"); })();');
});

test('a negative one keeps its sign to itself', () => {
  expect(inlineConstants('(() => { const N = 2 - 5; f(-N, 1-N); })();')).toBe(
    '(() => {  f(-(-3), 1-(-3)); })();',
  );
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

test('lists, and what the device computes, stay named', () => {
  for (const statement of ['var B = [1];', 'var C = f();', `var T = \`\${f()}\`;`, 'var A = "x", D = [1];']) {
    const source = `(() => { ${statement} g(A, B, C, D, T); })();`;
    expect(inlineConstants(source)).toBe(source);
  }
});

test('so does a number that is not whole, as Espruino may round it otherwise', () => {
  const source = '(() => { var N = 1 / 3; f(N); })();';
  expect(inlineConstants(source)).toBe(source);
});
