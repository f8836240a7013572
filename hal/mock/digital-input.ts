import type { DigitalInput } from '../digital-input.ts';

export interface MockDigitalInput extends DigitalInput {
  high: boolean;
}

export function mockDigitalInput(high = true): MockDigitalInput {
  const mock: MockDigitalInput = { high, isHigh: () => mock.high };
  return mock;
}
