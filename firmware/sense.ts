import { SENSOR_FAILED } from '../hal/faults.ts';
import type { Climate, SensorFailure } from '../hal/thermo-hygrometer.ts';
import type { Tracker } from '../hal/tracker.ts';
import type { Config } from './config/config.ts';
import type { Journal } from './journal/journal.ts';
import { toCode } from './journal/row.ts';
import { RETURN_TEMP, type Sampling, SUPPLY_HUMIDITY, SUPPLY_TEMP } from './journal/scale.ts';

/** Reasons for a missing value, in the order of docs/journal.md. */
const REASONS: readonly SensorFailure[] = ['no-answer', 'check', 'not-ready', 'range', 'bus', 'absent'];

/** What the journal holds of a reading, and in which steps: 0.1 C and 0.5 %, or 0.01 C and 0.1 %. */
export function samplingOf(config: Config): Sampling {
  return {
    intervalS: config.intervalS,
    tempStep: config.fineResolution ? 10 : 100,
    humidityStep: config.fineResolution ? 100 : 500,
    channels: [SUPPLY_TEMP, SUPPLY_HUMIDITY, RETURN_TEMP],
  };
}

function reasonOf(climate: Climate): number {
  return climate.failure === null ? 0 : REASONS.indexOf(climate.failure);
}

/** Take one reading and append it; `done` hears when it is durable, or that it could not be stored. A sensor that fails costs only its own values. */
export function senseAndAppend(tracker: Tracker, journal: Journal, done: (stored: boolean) => void): void {
  const takenS = tracker.clock.uptimeS();
  tracker.supplyAir.measure((supply) => {
    tracker.returnAir.measure((back) => {
      const scale = journal.ring.scale;
      const row = [
        toCode(supply.tempMilliC, scale.tempStep, reasonOf(supply)),
        toCode(supply.humidityMilliPct, scale.humidityStep, reasonOf(supply)),
        toCode(back.tempMilliC, scale.tempStep, reasonOf(back)),
      ];
      const stored = journal.reading(takenS, row);
      if (supply.failure !== null) journal.fault(SENSOR_FAILED, 0, takenS);
      if (back.failure !== null) journal.fault(SENSOR_FAILED, 1, takenS);
      done(stored);
    });
  });
}
