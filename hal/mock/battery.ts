import type { Battery } from '../battery.ts';

export interface MockBattery extends Battery {
  /** Millivolts, or null for a gauge that does not answer. */
  level: number | null;
}

export function mockBattery(level: number | null = 3900): MockBattery {
  const mock: MockBattery = { level, millivolts: () => mock.level };
  return mock;
}
