import type { ExampleTable } from './table.ts';

export const syntaxExamples: ExampleTable = {
  'default-parameter': {
    caught: ['function f(a = 1) {}', '((a = 1) => a)(2)', 'var {a = 1} = o;'],
    passes: ['function f(a) { a = 1; }', 'function f(a) { if (a === void 0) a = 1; return a; }'],
  },
  'rest-parameter': {
    caught: ['function f(...a) {}', 'var [a, ...b] = c;', '((...a) => a)()'],
    passes: ['function f() { return arguments.length; }'],
  },
  spread: {
    caught: ['f(...a)', 'new F(...a)', 'x = [...a]', 'x = {...a}'],
    passes: ['f.apply(null, a)', 'x = a.concat(b)', 'var s = "...a"'],
  },
  destructuring: {
    caught: [
      'var {a} = o;',
      'var [a] = o;',
      '(({a}) => a)(o)',
      'for (var [k, v] of list) f(k, v)',
      '[a, b] = c',
    ],
    passes: ['var a = o.a, b = [a], c = {a};', 'x = {a: 1}'],
  },
  'async-function': {
    caught: ['async function f() {}', 'x = async () => 1', 'x = {async f() {}}', 'class A { async f() {} }'],
    passes: ['var async = 1; f(async);', 'class A { async() { return 1; } }'],
  },
  generator: {
    caught: ['function* f() { yield 1; }', 'class A { *f() {} }', 'x = {*f() {}}'],
    passes: ['function f(a, b) { return a * b; }'],
  },
  'for-await': {
    caught: ['async function f() { for await (const x of y) g(x); }'],
    passes: ['for (const x of y) g(x);'],
  },
  'import-export': {
    caught: [
      'import { a } from "b"; a();',
      'export var a = 1;',
      'export {};',
      'export default 1;',
      'export * from "x";',
      'f(import.meta.url)',
    ],
    passes: ['require("Storage").write("a", "b");', '(0, r.write)("import", "export");'],
  },
  'dynamic-import': {
    caught: ['import("x").then(f)'],
    passes: ['var m = require("Storage"); m.import("x");'],
  },
  'optional-chaining': {
    caught: ['a?.b', 'a?.[0]', 'a?.()'],
    passes: ['a == null ? void 0 : a.b', 'a?.5:b', 'a ?? b'],
  },
  exponent: {
    caught: ['x = a ** 2', 'a **= 2'],
    passes: ['x = a * 2', 'a *= 2; /* ** */'],
  },
  'logical-assignment': {
    caught: ['a ??= 1', 'a ||= 1', 'a &&= 1'],
    passes: ['a || (a = 1)', 'a != null || (a = 1)', 'a |= 1', 'a &= 1', 'a = a ?? 1'],
  },
  bigint: {
    caught: ['x = 1n', 'x = 0xffn'],
    passes: ['x = 1', 'x = 1e20', 'x = "1n"'],
  },
  'new-target': {
    caught: ['function F() { return new.target; }'],
    passes: ['function F() { return this.target; }', 'new target()'],
  },
  'tagged-template': {
    caught: ['tag`a$' + '{b}`', 'String.raw`a`'],
    passes: ['f(`a$' + '{b}`)', 'x = `a$' + '{`b$' + '{c}`}`'],
  },
  label: {
    caught: ['outer: for (;;) { for (;;) break outer; }', 'a: { f(); }'],
    passes: ['for (;;) { break; }', 'x = {outer: 1}', 'switch (a) { case b: f(); }', 'x = a ? b : c'],
  },
  'default-not-last': {
    caught: ['switch (a) { default: f(); break; case 1: g(); }'],
    passes: ['switch (a) { case 1: g(); break; default: f(); }', 'switch (a) { default: f(); }'],
  },
  'bare-return': {
    caught: [
      'function f() { return\n1 }',
      'function f(a) { if (a) return\nelse return 3 }',
      'function f(a) { switch (a) { case 1: return\ncase 2: return 5 } }',
      'function f() { return // later\n g() }',
    ],
    passes: [
      'function f() { return; }',
      'function f() { return\n}',
      'function f() { return /* a */ }',
      'function f() { return (\n1) }',
    ],
  },
  'with-statement': {
    caught: ['with (a) f(b)'],
    passes: ['a.with(1, 2)'],
  },
  'debugger-statement': {
    caught: ['function f() { debugger; }'],
    passes: ['f("debugger")', 'a.debugger = 1'],
  },
  'computed-key': {
    caught: ['x = {[k]: 1}', 'x = {[k]() {}}', 'class A { [k]() {} }', 'class A { static [k] = 1 }'],
    passes: ['x = {k: 1}; x[k] = 1;', 'x = {"a b": 1, 5: 2}'],
  },
  'member-name': {
    caught: [
      'class A { delete() {} }',
      'class A { static of() {} }',
      'class A { get catch() { return 1; } }',
      'class A { "a b"() {} }',
      'class A { 1() {} }',
      'class A { static "x" = 1 }',
      'x = {get delete() { return 1; }}',
      'x = {get "a"() { return 1; }}',
    ],
    passes: [
      'class A { get() {} set(a) {} async() {} with() {} get get() { return 1; } }',
      'x = {delete() {}, of: 1, "a b"() {}, 5: 6}',
      'a.delete()',
    ],
  },
  'reserved-variable': {
    caught: ['var of = 1;', '(of => of)(1)', 'f(of)'],
    passes: ['x = {of: 1}; x.of = 2;', 'for (const a of b) f(a)', 'var off = undefined;'],
  },
  'escaped-name': {
    caught: ['var \\u0061b = 1;', 'a.\\u0062 = 1', 'x = {\\u0062: 1}'],
    passes: ['var ab = "\\u0061";', 'a["\\x62"] = 1'],
  },
};
