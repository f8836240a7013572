import type { I2cBus } from '../i2c.ts';
import type { Climate, SensorFailure } from '../thermo-hygrometer.ts';

/** A bus may know why its last call has failed. */
interface TellingBus extends I2cBus {
  /** SDA is held low, after all that could be done about it. */
  readonly isStuck?: () => boolean;
}

/** Why the call that has just failed did so. To be asked before the next call. */
export function i2cFailure(bus: TellingBus): SensorFailure {
  return bus.isStuck !== undefined && bus.isStuck() ? 'bus' : 'no-answer';
}

export function failedClimate(failure: SensorFailure): Climate {
  return { tempMilliC: null, humidityMilliPct: null, failure };
}
