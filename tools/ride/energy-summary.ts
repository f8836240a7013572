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
    /** Behind this ride, at its rate and without external power: full at departure, or as it is; null where nothing is drawn. */
    daysLeft: number | null;
  };
}

export interface EnergyFrame {
  /** Length of the ride. */
  readonly days: number;
  readonly battery: BatteryKind;
  readonly coldestC: number;
  /** Share of its charge that the battery of the ride has left at its end, 0 to 1; without one it was full at departure. */
  readonly leftShare?: number | undefined;
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** Figures rounded for summary.json. */
export function energySummary(charges: readonly StateCharge[], frame: EnergyFrame): EnergySummary {
  const { days, battery, coldestC, leftShare } = frame;
  const drawn = charges.reduce((sum, { milliampHours }) => sum + milliampHours, 0);
  const perDay = days > 0 ? drawn / days : 0;
  const usable = usableMilliampHours(battery, coldestC);
  const left = leftShare === undefined ? Math.max(0, usable - drawn) : usable * leftShare;
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
