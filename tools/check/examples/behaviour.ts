import type { ExampleTable } from './table.ts';

export const behaviourExamples: ExampleTable = {
  'loop-head-capture': {
    caught: [
      'for (let i = 0; i < 3; i++) setTimeout(() => f(i), 9);',
      'for (const x of list) on(x.name, function () { f(x); });',
      'for (const k in o) o[k].get = () => k;',
      'for (const x of list) jobs.push({ run() { return x; } });',
      'for (const x of list) { list.forEach(y => { later(() => x + y); }); }',
      'for (let i = 0, f = () => i; i < 3; i++) g(f);',
    ],
    passes: [
      'for (let i = 0; i < 3; i++) { const j = i; setTimeout(() => f(j), 9); }',
      'for (const x of list) f(x);',
      'for (const x of list) { (() => { f(x); })(); }',
      'for (const x of list) if (others.some(y => y.id === x.id)) f(x);',
      'list.forEach(x => setTimeout(() => f(x), 9));',
      'for (var i = 0; i < 3; i++) setTimeout(() => f(i), 9);',
      'let i = 0; while (i < 3) { const j = i++; later(() => j); }',
      'for (const x of list) later(x => x);',
    ],
  },
  'delete-in-for-in': {
    caught: ['for (const k in o) delete o[k];', 'for (var k in this.m) if (k) { delete this.m[k]; }'],
    passes: ['Object.keys(o).forEach(k => { delete o[k]; });', 'for (const k in o) delete other[k];'],
  },
  'push-in-iteration': {
    caught: [
      'list.forEach(x => { list.push(x); });',
      'this.a.map(function (x) { this.a.push(x); });',
      'function add(x) { q.push(x); } q.forEach(add);',
    ],
    passes: ['list.forEach(x => { other.push(x); });', 'list.slice().forEach(x => { list.push(x); });'],
  },
  'assign-length': {
    caught: ['list.length = 0', 'list.length--', 'this.list.length += 1', 'a["length"] = 0'],
    passes: [
      'this.length = 0',
      'n = list.length',
      'list.splice(0)',
      'o = {length: 1}',
      'if (a.length == 0) f()',
    ],
  },
  'typed-array-slice': {
    caught: [
      'new Uint8Array(4).slice(1)',
      'const b = new Uint8Array(4); f(b.slice(1));',
      'u8.buffer.slice(2)',
      'var b = new Float32Array(2); b.slice()',
    ],
    passes: [
      '"abc".slice(1)',
      '[1, 2].slice(1)',
      'const b = new Uint8Array(4); f(b.subarray(1));',
      'f(b.slice(1))',
    ],
  },
  'array-last-index-of': {
    caught: ['[1, 2].lastIndexOf(2)', 'const a = [1]; a.lastIndexOf(1);'],
    passes: ['"a,b".lastIndexOf(",")', 's.lastIndexOf(",")', '[1].indexOf(1)'],
  },
  'error-details': {
    caught: [
      'try { f(); } catch (e) { g(e.name); }',
      'try { f(); } catch (e) { g(e.cause); }',
      'f(a.constructor.name)',
      'throw new Error("x", {cause: e})',
    ],
    passes: [
      'try { f(); } catch (e) { g(e.message, e.code, String(e)); }',
      'f(station.name)',
      'throw Object.assign(new Error("x"), {code: 1})',
    ],
  },
  'json-arguments': {
    caught: ['JSON.parse(s, (k, v) => v)', 'JSON.stringify(o, ["a"])', 'JSON.stringify(o, f)'],
    passes: [
      'JSON.parse(s)',
      'JSON.stringify(o)',
      'JSON.stringify(o, null, 2)',
      'JSON.stringify(o, void 0, 1)',
      'codec.parse(s, f)',
    ],
  },
  'split-limit': {
    caught: ['s.split(",", 2)'],
    passes: ['s.split(",")', 's.split(",").slice(0, 2)'],
  },
  'cut-short-match': {
    caught: [
      's.indexOf("OK") >= 0',
      's.includes("AT+")',
      's.replace("ab", "c")',
      'this.s.replaceAll("ab", "")',
    ],
    passes: [
      's.indexOf(",")',
      's.indexOf(part)',
      '["RDY", "OK"].indexOf(line)',
      's.startsWith("OK")',
      's.replace(/ab/, "c")',
    ],
  },
  'replace-callback': {
    caught: ['s.replace("a", x => x + x)', 's.replaceAll("a", function () { return "b"; })'],
    passes: ['s.replace(/a/, x => x + x)', 's.replace("a", "b")', 's.replace(a, b)'],
  },
  'regex-subset': {
    caught: [
      '/ab?c/',
      '/a{2}/',
      '/a{2,}/',
      '/(?:ab)/',
      '/(?=a)b/',
      '/(?<n>a)/',
      '/.*?b/',
      '/\\bword/',
      '/\\u0041/',
      '/\\p{L}/',
      '/(a)\\1/',
      '/(a|b)c/',
      '/(ab)+/',
      '/((a)b)/',
      '/a[|]b/',
      '/(a)b|c(d)/',
      '/(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)/',
      'RegExp("a?")',
      'new RegExp("a{3}", "g")',
      'new RegExp(text)',
    ].map((regex) => `f(${regex})`),
    passes: [
      '/^\\+CSQ: (\\d+),(\\d+)$/',
      '/[^,]*,/',
      '/[a-z\\-?{}()*+]+$/',
      '/a|b/',
      '/foo|^bar$/g',
      '/\\.\\/\\?\\|\\{\\(/',
      '/\\r\\n\\x41/',
      '/{/',
      '/[\\w.]+\\s*/i',
      'new RegExp("^OK$")',
      'own.RegExp(text)',
    ].map((regex) => `f(${regex})`),
  },
  'regex-flags': {
    caught: ['f(/a/m)', 'f(/a/gu)', 'f(/a/y)', 'new RegExp("a", "s")'],
    passes: ['f(/a/gi)', 'f(/a/)', 'new RegExp("a", "g")'],
  },
  'promise-executor': {
    caught: [
      'new Promise(() => {})',
      'new Promise((resolve, reject) => { f(); })',
      'var run = function (resolve) {}; new Promise(run);',
    ],
    passes: [
      'new Promise(resolve => setTimeout(resolve, 9))',
      'new Promise((resolve, reject) => { fail = reject; })',
      'new Promise(given)',
      'new Promise(function () { keep = arguments[0]; })',
    ],
  },
  'to-fixed-zero': {
    caught: ['x.toFixed(0)', 'x.toFixed()', 'x.toFixed(void 0)'],
    passes: ['x.toFixed(2)', 'x.toFixed(n)', 'String(Math.round(x))'],
  },
  'math-pow': {
    caught: ['Math.pow(2, 8)', 'var p = Math.pow; p(2, 8);', 'Math["pow"](2, 8)'],
    passes: ['x * x', 'own.pow(2, 8)', '((Math) => Math.pow(2, 8))(own)'],
  },
  'fractional-time': {
    caught: ['f(Date.now())', 't = Date.now() / 1000', 'Math.max(Date.now(), t)', 'a = [Date.now()]'],
    passes: [
      'Math.floor(Date.now())',
      'Math.round(Date.now() / 1000)',
      't = Date.now() / 1000 | 0',
      't = ~~Date.now()',
      'clock.now()',
    ],
  },
  'unseeded-random': {
    caught: ['x = Math.random()', 'x = E.hwRand()'],
    passes: ['E.srand(seed); x = Math.random();', 'x = own.random()'],
  },
};
