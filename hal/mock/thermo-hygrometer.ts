import type { Clock } from '../clock.ts';
import type { SensorFailure, ThermoHygrometer } from '../thermo-hygrometer.ts';

export interface MockThermoHygrometer extends ThermoHygrometer {
  tempMilliC: number;
  /** Clipped when measured, as a driver does it. */
  humidityMilliPct: number;
  /** With a failure, no value is measured. */
  failure: SensorFailure | null;
  measurements: number;
}

const CONVERSION_MS = 10;

export function mockThermoHygrometer(clock: Clock): MockThermoHygrometer {
  const mock: MockThermoHygrometer = {
    tempMilliC: 4250,
    humidityMilliPct: 65_000,
    failure: null,
    measurements: 0,
    measure: (done) => {
      mock.measurements++;
      clock.after(CONVERSION_MS, () => {
        const { failure, tempMilliC } = mock;
        const humidityMilliPct = Math.max(0, Math.min(100_000, mock.humidityMilliPct));
        done(
          failure === null
            ? { tempMilliC, humidityMilliPct, failure }
            : { tempMilliC: null, humidityMilliPct: null, failure },
        );
      });
    },
  };
  return mock;
}
