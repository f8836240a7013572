/**
 * A thermometer that may also measure humidity.
 *
 * Contract:
 * - `measure` calls `done` exactly once, from a timer and never from inside `measure`, within 100 ms.
 * - Values are thousandths of a degree Celsius and of a percent of relative humidity, integers; humidity is clipped to
 *   0..100000 as datasheets ask, temperature is not clipped.
 * - A value that was not measured is null and `failure` tells why. A failed measurement is never repeated here.
 */
export type SensorFailure = 'no-answer' | 'check' | 'not-ready' | 'range' | 'bus' | 'absent';

export interface Climate {
  readonly tempMilliC: number | null;
  readonly humidityMilliPct: number | null;
  readonly failure: SensorFailure | null;
}

export interface ThermoHygrometer {
  measure(done: (climate: Climate) => void): void;
}
