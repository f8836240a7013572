import { expect, test } from 'vitest';
import { unroll } from './unroll.ts';

const bundle = (body: string): string => `(() => {\n${body}\n})();`;
const plain = (text: string): string => text.replace(/\s+/g, ' ');

test('a table that is only gone through becomes calls, one an item', () => {
  const source = bundle('const T = [{ a: 1 }, { a: 2 }];\nfunction each(f) { T.forEach(f); }\neach(run);');
  expect(plain(unroll(source))).toBe(
    '(() => { function each(f) { f({ a: 1 }); f({ a: 2 }); } each(run); })();',
  );
});

test.each([
  ['is looked into', 'const T = [{ a: 1 }];\nfunction at(i) { T.forEach(i); return T[i]; }\nat(0);'],
  ['is gone through by a function that stands there', 'const T = [{ a: 1 }];\nT.forEach((x) => run(x));'],
  ['is gone through for a value', 'const T = [{ a: 1 }];\nfunction f(g) { return T.forEach(g); }\nf(run);'],
  ['holds what has to be computed', 'const T = [make()];\nfunction f(g) { T.forEach(g); }\nf(run);'],
])('a table that %s stays as it is', (_how, body) => {
  expect(unroll(bundle(body))).toBe(bundle(body));
});
