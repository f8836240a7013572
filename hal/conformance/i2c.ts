import type { I2cBus } from '../i2c.ts';
import { immediate, type Rule, unless } from './rule.ts';

/** A chip that is there, a register of it that holds a known value, and an address at which nothing is. */
export interface I2cSurroundings {
  readonly address: number;
  readonly register: number;
  readonly value: number;
  readonly nobody: number;
}

/** The contract of hal/i2c.ts. */
export function i2cContract(bus: I2cBus, around: I2cSurroundings): Rule[] {
  function readRegister(): number | null {
    if (!bus.write(around.address, [around.register])) return null;
    const answer = bus.read(around.address, 1);
    return answer === null ? null : answer[0];
  }

  return [
    immediate('writes to and reads from a chip that is there', () => {
      const value = readRegister();
      return unless(value === around.value, `read ${value}`);
    }),
    immediate('gives as many bytes as were asked for', () => {
      bus.write(around.address, [around.register]);
      const answer = bus.read(around.address, 3);
      return unless(answer !== null && answer.length === 3, 'gave another number');
    }),
    immediate('returns false and null, and does not throw, where nobody acknowledges', () => {
      const written = bus.write(around.nobody, [0]);
      const answer = bus.read(around.nobody, 1);
      return unless(!written && answer === null, `write gave ${written}`);
    }),
    immediate('works again after nobody has acknowledged', () => {
      bus.write(around.nobody, [0]);
      const value = readRegister();
      return unless(value === around.value, `read ${value}`);
    }),
    immediate('gives the caller an array of its own', () => {
      bus.write(around.address, [around.register]);
      const first = bus.read(around.address, 1);
      if (first === null) return 'nothing was read';
      first[0] = around.value ^ 255;
      const value = readRegister();
      return unless(value === around.value, `then read ${value}`);
    }),
  ];
}
