import { expect, test } from 'vitest';
import { Realm } from './realm.ts';

/** Run a program twice in one realm and tell what it reported each time. */
function twice(program: string): unknown[] {
  const told: unknown[] = [];
  const realm = new Realm(program, 'test.js');
  for (let run = 0; run < 2; run++) realm.run({ tell: (value: unknown) => told.push(value) });
  return told;
}

const hidingPlaces = [
  ['a variable', 'let kept; tell(kept); kept = 1;', undefined],
  ['a global made by a forgotten let', 'tell(typeof kept); kept = 1;', 'undefined'],
  ['the global object', 'tell(globalThis.kept); globalThis.kept = 1;', undefined],
  ["Espruino's name for it", 'tell(global.kept); global.kept = 1;', undefined],
  ['this', 'tell(this.kept); this.kept = 1;', undefined],
  ['the this of a plain function', '(function () { tell(this.kept); this.kept = 1; })();', undefined],
  ['a prototype', 'tell([].kept); Array.prototype.kept = 1;', undefined],
  ['a built-in object', 'tell(Math.kept); Math.kept = 1;', undefined],
  ['a prototype reached through a value', 'tell((5).kept); (5).constructor.prototype.kept = 1;', undefined],
  ['a replaced built-in', 'tell(parseInt("7", 10)); parseInt = function () { return 8; };', 7],
] as const;

for (const [place, program, clean] of hidingPlaces)
  test(`a program leaves nothing for the next one in ${place}`, () => {
    expect(twice(program)).toEqual([clean, clean]);
  });

test('what Espruino lacks is not there', () => {
  expect(
    twice(
      'tell([typeof Map, typeof Symbol, typeof [].flat, typeof Math.trunc, typeof Array.from].join());',
    )[0],
  ).toBe('undefined,undefined,undefined,undefined,undefined');
});
