import { type BatteryKind, usableMilliampHours } from '../sim/batteries.ts';
import type { StateCharge } from '../sim/energy.ts';

/** What a ride has drawn, and how long its battery would go on. */
export interface EnergySummary {
  milliampHours: number;
  perDay: number;
  /** Board and modem at the same time, so the hours overlap. */
  byState: StateCharge[];
  battery: {
    name: string;
    /** At 20 C. */
    capacityMilliampHours: number;
    /** The coldest outside air of the ride, at which less of it can be used. */
    coldestC: number;
    /** Full at departure, without external power, behind this ride and at this rate; null where nothing is drawn. */
    daysLeft: number | null;
  };
}

export interface EnergyFrame {
  /** Length of the ride. */
  readonly days: number;
  readonly battery: BatteryKind;
  readonly coldestC: number;
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** Figures rounded for summary.json. */
export function energySummary(charges: readonly StateCharge[], frame: EnergyFrame): EnergySummary {
  const { days, battery, coldestC } = frame;
  const drawn = charges.reduce((sum, { milliampHours }) => sum + milliampHours, 0);
  const perDay = days > 0 ? drawn / days : 0;
  const left = Math.max(0, usableMilliampHours(battery, coldestC) - drawn);
  return {
    milliampHours: tenths(drawn),
    perDay: tenths(perDay),
    byState: charges.map(({ state, hours, milliampHours }) => ({
      state,
      hours: hundredths(hours),
      milliampHours: hundredths(milliampHours),
    })),
    battery: {
      name: battery.name,
      capacityMilliampHours: battery.capacity.milliampHours,
      coldestC: tenths(coldestC),
      daysLeft: perDay > 0 ? tenths(left / perDay) : null,
    },
  };
}
