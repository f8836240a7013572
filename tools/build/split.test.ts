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

  it('takes with it what only it needs, and borrows the rest', () => {
    const [program = '', part = ''] = split(SOURCE, parts).split('})(function (');
    for (const name of ['class Seldom', 'const table', 'function helper', 'function seldom']) {
      expect(part).toContain(name);
      expect(program).not.toContain(name);
    }
    expect(program).toContain('function shared');
    expect(part).toMatch(/^shared\)/);
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

it('leaves a bundle alone that has none of the parts', () => {
  expect(split(SOURCE, [{ roots: ['absent'], isKept: true }])).toBe(SOURCE);
});
