import { describe, expect, it } from 'vitest';
import { OptoInput } from '../../tools/sim/chips/opto-input.ts';
import { randomStream } from '../../tools/sim/random.ts';
import type { DigitalInput } from '../digital-input.ts';
import { mockDigitalInput } from '../mock/digital-input.ts';
import { noReeferSocket, reeferSocket } from './reefer-socket.ts';

/** An input that gives these levels and then the last of them for ever. */
function levels(...highs: boolean[]): DigitalInput {
  return { isHigh: () => (highs.length > 1 ? highs.shift() : highs[0]) ?? true };
}

const still = { compressor: false, defrost: false, inRange: false };

describe('the reefer socket', () => {
  it('is on where its pin is low', () => {
    for (let bits = 0; bits < 8; bits++) {
      const [compressor, defrost, inRange] = [1, 2, 4].map((bit) => (bits & bit) !== 0);
      const socket = reeferSocket(
        mockDigitalInput(!compressor),
        mockDigitalInput(!defrost),
        mockDigitalInput(!inRange),
      );
      expect(socket.read()).toEqual({ compressor, defrost, inRange });
    }
  });

  it('looks the same unplugged as with the machine off', () => {
    expect(reeferSocket(levels(true), levels(true), levels(true)).read()).toEqual(still);
  });

  it.each([
    [true, false, false],
    [false, true, false],
    [false, false, true],
    [true, false, true],
    [true, true, false],
  ])('is unknown when one signal is %s, then %s, then %s', (...highs) => {
    const off = levels(true);
    expect(reeferSocket(levels(...highs), off, off).read()).toBeNull();
    expect(reeferSocket(off, levels(...highs), off).read()).toBeNull();
    expect(reeferSocket(off, off, levels(...highs)).read()).toBeNull();
  });

  it('looks three times and no more', () => {
    let looks = 0;
    const counted: DigitalInput = { isHigh: () => ++looks > 0 };
    reeferSocket(counted, levels(true), levels(true)).read();
    expect(looks).toBe(3);
  });

  it('finds a corroded contact out two times of three, and nothing wrong with it while it is off', () => {
    const random = randomStream(7, 'contact');
    let isRunning = true;
    const input = (active: () => boolean) => new OptoInput({ active, random });
    const compressor = input(() => isRunning);
    compressor.fault = 'corroded';
    const off = input(() => false);
    const socket = reeferSocket(compressor, off, off);
    const seen = Array.from({ length: 1000 }, () => socket.read());
    expect(seen.filter((signals) => signals === null).length).toBeGreaterThan(600);
    isRunning = false;
    expect(socket.read()).toEqual(still);
  });

  it.each([
    ['unplugged', false],
    ['stuck-low', true],
  ] as const)('follows an input that is %s', (fault, compressor) => {
    const input = new OptoInput({ active: () => !compressor, random: randomStream(1, 'contact') });
    input.fault = fault;
    const off = levels(true);
    expect(reeferSocket(input, off, off).read()).toEqual({ ...still, compressor });
  });

  it('is unknown on a board without inputs for it', () => {
    expect(noReeferSocket.read()).toBeNull();
  });
});
