import { expect, test } from 'vitest';
import { randomStream } from '../random.ts';
import { OptoInput } from './opto-input.ts';

function levels(fault: OptoInput['fault'], active: boolean): Set<boolean> {
  const input = new OptoInput({ active: () => active, random: randomStream(3, 'contact') });
  input.fault = fault;
  return new Set(Array.from({ length: 50 }, () => input.isHigh()));
}

test.each([
  ['none', true, [false]],
  ['none', false, [true]],
  ['corroded', true, [false, true]],
  ['corroded', false, [true]],
  ['unplugged', true, [true]],
  ['unplugged', false, [true]],
  ['stuck-low', true, [false]],
  ['stuck-low', false, [false]],
] as const)('with the fault %s, and its far side on: %s, an input shows %s', (fault, active, shown) => {
  expect([...levels(fault, active)].sort()).toEqual(shown);
});
