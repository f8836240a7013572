import { describe, expect, it } from 'vitest';
import { split } from './split.ts';

/** What a bundle gives through `out`, and how often each of its parts was made. */
function run(source: string): unknown[] {
  const out: unknown[] = [];
  new Function('out', source)((value: unknown) => out.push(value));
  return out;
}

const SOURCE = `(() => {
  const scale = 3;
  function shared(x) { return x * scale; }
  class Seldom { constructor() { out("made"); } value() { return shared(7); } }
  const table = [1, 2, 3];
  function helper() { return table.length + new Seldom().value(); }
  function seldom(extra) { return helper() + extra; }
  out(shared(1));
  const later = () => seldom(100);
  out("before");
  out(later());
  out(seldom(200));
})();`;

describe('a part that is seldom needed', () => {
  const parts = [{ roots: ['seldom', 'absent'], isKept: true }];

  it('does what it did', () => {
    expect(run(split(SOURCE, parts))).toEqual(run(SOURCE));
  });

  it('takes with it what only it needs, and leaves the rest', () => {
    const [part = '', program = ''] = split(SOURCE, parts).split('let makePart0Kept');
    for (const name of ['class Seldom', 'const table', 'function helper', 'function seldom']) {
      expect(part).toContain(name);
      expect(program).not.toContain(name);
    }
    expect(program).toContain('function shared');
    expect(part).not.toContain('function shared');
  });

  it('is made at its first use and once, or at each use where it is not kept', () => {
    const source = `(() => {
      function inner() { return 1; }
      function seldom() { return inner; }
      out(seldom() === seldom());
    })();`;
    expect(run(split(source, [{ roots: ['seldom'], isKept: true }]))).toEqual([true]);
    expect(run(split(source, [{ roots: ['seldom'], isKept: false }]))).toEqual([false]);
  });

  it('may need another part', () => {
    const both = [
      { roots: ['helper'], isKept: false },
      { roots: ['seldom'], isKept: true },
    ];
    expect(run(split(SOURCE, both))).toEqual(run(SOURCE));
  });
});

it('leaves what the program changes, and uses itself, where it is', () => {
  const source = `(() => {
    const log = [];
    let count = 0;
    function own() { return "own"; }
    function seldom() { log.push(own()); return log.length; }
    log.push("program");
    out(seldom());
    out(log.join());
  })();`;
  const parts = [{ roots: ['seldom'], isKept: true }];
  expect(run(split(source, parts))).toEqual(run(source));
});

it('copies what several parts need, unless one of them is kept: copies would be there together', () => {
  const source = `(() => {
    function shared() { return 5; }
    function one() { return shared(); }
    function other() { return shared() + 1; }
    out(one() + other());
  })();`;
  const count = (text: string): number => text.split('function shared').length - 1;
  const brief = split(source, [
    { roots: ['one'], isKept: false },
    { roots: ['other'], isKept: false },
  ]);
  expect(count(brief)).toBe(2);
  expect(run(brief)).toEqual([11]);
  const kept = split(source, [
    { roots: ['one'], isKept: true },
    { roots: ['other'], isKept: false },
  ]);
  expect(count(kept)).toBe(1);
  expect(kept.indexOf('function shared')).toBeGreaterThan(kept.indexOf('function makePart1'));
  expect(run(kept)).toEqual([11]);
});

it('copies a root into another part that may call it in a loop, where that is asked for', () => {
  const source = `(() => {
    function small() { return 1; }
    function large() { return small() + small(); }
    out(small() + large());
  })();`;
  const parts = [
    { roots: ['small'], isKept: false, isCopied: true },
    { roots: ['large'], isKept: false },
  ];
  const result = split(source, parts);
  expect(result).toContain('return small() + small();');
  expect(result).toContain('out(makePart0()() + makePart1()())');
  expect(run(result)).toEqual([3]);
});

it('hands on a root that is a value as a function, which makes the part only when it is called', () => {
  const source = `(() => {
    function seldom(a, b) { return a - b; }
    const object = { seldom };
    out(object.seldom(5, 3));
  })();`;
  const result = split(source, [{ roots: ['seldom'], isKept: false }]);
  expect(result).toContain('{ seldom: (a, b) => makePart0()(a, b) }');
  expect(run(result)).toEqual([2]);
});

it('leaves what changes from one use to the next', () => {
  const source = `(() => {
    let count = 0;
    const list = [];
    function seldom() { count++; list.push(count); return list.length; }
    out(seldom());
    out(seldom());
  })();`;
  const result = split(source, [{ roots: ['seldom'], isKept: false }]);
  expect(run(result)).toEqual([1, 2]);
});

it('leaves what is computed when the bundle loads', () => {
  for (const statement of ['const n = f();', 'const n = new Date(0);', 'var n = 1, m = 2;']) {
    const source = `(() => { ${statement} function seldom() { return n; } out(seldom()); })();`;
    const result = split(source, [{ roots: ['seldom'], isKept: false }]);
    expect(result.indexOf(statement)).toBeGreaterThan(result.indexOf('return seldom;'));
  }
});

it('does not take a name for used that a parameter shares', () => {
  const source = `(() => {
    function row() { return 1; }
    function seldom() { return row(); }
    function other(row) { return row; }
    out(seldom() + other(1));
  })();`;
  const result = split(source, [{ roots: ['seldom'], isKept: false }]);
  expect(result.indexOf('function row')).toBeLessThan(result.indexOf('return seldom'));
  expect(run(result)).toEqual([2]);
});

it('leaves a bundle alone that has none of the parts', () => {
  expect(split(SOURCE, [{ roots: ['absent'], isKept: true }])).toBe(SOURCE);
});
