/**
 * A thermometer that may also measure humidity.
 *
 * Contract:
 * - `measure` calls `done` exactly once, from a timer and never from inside `measure`, within 1 s (the slowest sensor, a
 *   DS18B20, takes 750 ms), or as much later as a stuck bus has blocked. The next measurement of a sensor begins when
 *   `done` was called for the one before.
 * - Values are thousandths of a degree Celsius and of a percent of relative humidity, integers; humidity is clipped to
 *   0..100000 as datasheets ask, temperature is not clipped. A thermometer without humidity gives null for it.
 * - A value that was not measured is null and `failure` tells why. A failed measurement is never repeated here.
 */

/**
 * `no-answer`: no acknowledge. `check`: a wrong check digit, or not the chip that it should be. `not-ready`: it answers
 * and has no value yet. `range`: beyond what it can measure. `bus`: a line of its bus is stuck. `absent`: not fitted.
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

/** `short`: 110 mW for 0.1 s. `long`: 200 mW for 1 s. */
export type HeaterPulse = 'short' | 'long';

/**
 * `too-soon`: the last pulse, or power-on, is not long enough ago. `not-measured`: the sensor has not been measured in
 * this boot and since the last pulse, so that nobody knows how warm it is. `too-warm`: above 65 C.
 */
export type HeaterRefusal = 'too-soon' | 'not-measured' | 'too-warm' | SensorFailure;

/**
 * A sensor that can drive off condensation with a heater of its own.
 *
 * Contract:
 * - `dry` calls `done` exactly once, from a timer, within 1.2 s: with null when one pulse is over, else with why there
 *   was none.
 * - Until the sensor has cooled down, within 60 s of a pulse, `measure` gives `not-ready`. A boot forgets that: who lets
 *   the tracker sleep after a pulse lets it sleep for 60 s at least.
 */
export interface HeatedThermoHygrometer extends ThermoHygrometer {
  dry(pulse: HeaterPulse, done: (refusal: HeaterRefusal | null) => void): void;
}
