import type { ExampleTable } from './table.ts';

export const classExamples: ExampleTable = {
  'class-extends': {
    caught: ['class A extends B {}', 'x = class extends Error {}'],
    passes: ['class A { constructor(b) { this.b = b; } }', 'x = {extends: 1}'],
  },
  super: {
    caught: ['class A extends B { m() { super.m(); } }', 'x = {m() { return super.m(); }}'],
    passes: ['class A { m() { this.super.m(); } }'],
  },
  'private-name': {
    caught: [
      'class A { #a() {} }',
      'class A { m(o) { return o.#a; } }',
      'class A { m(o) { return #a in o; } }',
    ],
    passes: ['class A { constructor() { this._a = 1; } }', 'f("#a")'],
  },
  'static-block': {
    caught: ['class A { static { f(); } }'],
    passes: ['class A { static f() { g(); } }'],
  },
  'class-field': {
    caught: ['class A { list = []; }', 'class A { list; }', 'class A { f = () => this.x; }'],
    passes: [
      'class A { constructor() { this.list = []; } }',
      'class A { static list = []; }',
      'class A { get a() { return 1; } }',
    ],
  },
  'static-field': {
    caught: [
      'class A { static a; }',
      'class A { static a = 1; static b = A.a + 1; }',
      'class A { static one = new A(); }',
    ],
    passes: [
      'class A { static a = 1; static b = () => A.a; }',
      'class A { static a = B.a; }',
      'class A { static m() { return A.a; } } A.a = 1;',
    ],
  },
  'class-expression-name': {
    caught: ['var A = class B { m() { return B.z; } };', 'f(class B { static m() { return new B(); } })'],
    passes: [
      'var A = class A { m() { return A.z; } };',
      'var A; A = class A { m() { return A.z; } };',
      'var A = class B { m() { return A.z; } };',
      'class B { m() { return B.z; } }',
      'x = function g(n) { return n ? g(n - 1) : 0; }',
    ],
  },
  'use-before-declaration': {
    caught: [
      'f(); function f() {}',
      '(() => { f(); function f() {} })();',
      'function outer() { var a = inner(); function inner() { return 1; } return a; }',
      'function f() { return g(); } f(); function g() {}',
      'var t = build(); function build() { return 1; }',
      'new Ring(); class Ring {}',
      'function make() { return new Ring(); } var one = make(); class Ring {}',
      'class A { constructor() { help(); } } new A(); function help() {}',
      'x = v; var v = 1;',
      'function f() { var r = v; var v = 2; return r; }',
      'let x = 1; { f(x); let x = 2; }',
      'const f = () => limit; f(); const limit = 3;',
      '[1].forEach(() => g()); function g() {}',
      '(function () { g(); }).call(this); function g() {}',
      'let a = a + 1;',
      '{ f(); function f() {} }',
    ],
    passes: [
      'function f() {} f();',
      'function f() { return g(); } function g() {} f();',
      'setTimeout(() => f(), 9); function f() {}',
      'function a() { return b(); } function b() { return a(); } a();',
      'class A { m() { return new B(); } } class B {} new A().m();',
      'const tick = () => setTimeout(tick, 9); tick();',
      'var Kind = (k => (k[k.A = 0] = "A", k))(Kind || {});',
      'var x = 1; { const x = 2; f(x); } f(x);',
      'function f(n) { return n ? f(n - 1) : 0; } f(3);',
      'for (let i = 0; i < 3; i++) f(i);',
      'on("x", function () { late(); }); var late = function () {};',
      'typeof a; function f(a) { return a; }',
    ],
  },
  'hidden-built-in': {
    caught: ['var print = 1;', 'function E() {}', 'let D5;', 'class Pin {}'],
    passes: [
      'var a = 1; function f() {} class A {}',
      '(() => { var print = 1; })();',
      '{ let E = 1; f(E); }',
    ],
  },
};
