import { SENSOR_FAILED } from '../hal/faults.ts';
import type { Climate, SensorFailure } from '../hal/thermo-hygrometer.ts';
import type { Tracker } from '../hal/tracker.ts';
import type { Journal } from './journal/journal.ts';
import { HUMIDITY_STEP, TEMP_STEP } from './journal/ring.ts';
import { toCode } from './journal/row.ts';

/** Reasons for a missing value, in the order of docs/journal.md. */
const REASONS: readonly SensorFailure[] = ['no-answer', 'check', 'not-ready', 'range', 'bus', 'absent'];

function reasonOf(climate: Climate): number {
  return climate.failure === null ? 0 : REASONS.indexOf(climate.failure);
}

/** Take one reading and append it; `done` gets true when it is durable. A sensor that fails costs only its own values. */
export function senseAndAppend(tracker: Tracker, journal: Journal, done: (stored: boolean) => void): void {
  const takenS = tracker.clock.uptimeS();
  tracker.supplyAir.measure((supply) => {
    tracker.returnAir.measure((back) => {
      const stored = journal.reading(takenS, {
        t: toCode(supply.tempMilliC, TEMP_STEP, reasonOf(supply)),
        h: toCode(supply.humidityMilliPct, HUMIDITY_STEP, reasonOf(supply)),
        r: toCode(back.tempMilliC, TEMP_STEP, reasonOf(back)),
      });
      if (supply.failure !== null) journal.fault(SENSOR_FAILED, 0, takenS);
      if (back.failure !== null) journal.fault(SENSOR_FAILED, 1, takenS);
      done(stored);
    });
  });
}
