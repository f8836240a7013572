import type { Battery } from '../battery.ts';

export interface MockBattery extends Battery {
  /** Millivolts, or null for a gauge that does not answer. */
  level: number | null;
  /** Whether a supply from outside is there; null for a board that cannot tell. */
  supplied: boolean | null;
  /** Whether the charger may charge; null for one that is beyond control. */
  charge: boolean | null;
}

export function mockBattery(level: number | null = 3900): MockBattery {
  const mock: MockBattery = {
    level,
    supplied: false,
    charge: true,
    millivolts: () => mock.level,
    external: () => (mock.level === null ? null : mock.supplied),
    allowCharge: (allowed) => {
      if (mock.level === null || mock.charge === null) return false;
      mock.charge = allowed;
      return true;
    },
  };
  return mock;
}
