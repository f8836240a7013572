import type { Clock } from '../clock.ts';
import type { Climate, ThermoHygrometer } from '../thermo-hygrometer.ts';
import type { Bench, Order } from './bench.ts';
import { firstOf, type Rule, unless, until } from './rule.ts';

/** Of the sensor's own step, in thousandths. */
const CLOSE_ENOUGH = 6;
const DEADLINE_S = 1;
/** Long enough to see one that is late, or answers twice. */
const WATCHED_S = 2.5;

function rules(sensor: ThermoHygrometer, clock: Clock, bench: Bench, measuresHumidity: boolean): Rule[] {
  function rule(name: string, order: Order, judge: (climate: Climate) => string | null): Rule {
    return {
      name,
      run: (done) => {
        const climates: Climate[] = [];
        let inside = true;
        let early = false;
        let tookS = 0;
        bench(order);
        const startS = clock.uptimeS();
        sensor.measure((climate) => {
          early = inside;
          tookS = clock.uptimeS() - startS;
          climates.push(climate);
        });
        inside = false;
        until(
          clock,
          WATCHED_S,
          () => false,
          () => {
            bench('sensor well');
            done(
              firstOf([
                unless(climates.length === 1, `called done ${climates.length} times`),
                unless(!early, 'called done from inside measure'),
                unless(tookS <= DEADLINE_S, `took ${tookS} s`),
                climates.length > 0 ? judge(climates[0]) : null,
              ]),
            );
          },
        );
      },
    };
  }

  const isNear = (value: number | null, expected: number): boolean =>
    value !== null && Math.round(value) === value && Math.abs(value - expected) <= CLOSE_ENOUGH;
  const isHumidity = (value: number | null, expected: number): boolean =>
    measuresHumidity ? isNear(value, expected) : value === null;
  const missing = (failure: string) => (climate: Climate) =>
    firstOf([
      unless(climate.tempMilliC === null && climate.humidityMilliPct === null, 'gave a value'),
      unless(climate.failure === failure, `gave the reason ${climate.failure}`),
    ]);

  return [
    rule('measures whole thousandths of a degree and a percent', 'sensor well', (climate) =>
      firstOf([
        unless(climate.failure === null, `failed with ${climate.failure}`),
        unless(isNear(climate.tempMilliC, 4250), `gave ${climate.tempMilliC} mC for 4.25 C`),
        unless(isHumidity(climate.humidityMilliPct, 65000), `gave ${climate.humidityMilliPct} m% for 65 %`),
      ]),
    ),
    rule('clips humidity, and does not clip temperature', 'sensor dry', (climate) =>
      firstOf([
        unless(
          climate.humidityMilliPct === (measuresHumidity ? 0 : null),
          `gave ${climate.humidityMilliPct} m% for -2 %`,
        ),
        unless(isNear(climate.tempMilliC, -30000), `gave ${climate.tempMilliC} mC for -30 C`),
      ]),
    ),
    rule('gives null and a reason when the sensor does not answer', 'sensor unplugged', missing('no-answer')),
    rule('gives null and a reason when the check digit is wrong', 'sensor bad-check', missing('check')),
    rule('measures again after a failure', 'sensor well', (climate) =>
      unless(climate.failure === null, `failed with ${climate.failure}`),
    ),
  ];
}

/** The contract of hal/thermo-hygrometer.ts, for a sensor that measures both. */
export function thermoHygrometerContract(sensor: ThermoHygrometer, clock: Clock, bench: Bench): Rule[] {
  return rules(sensor, clock, bench, true);
}

/** The same for a sensor that measures temperature alone. */
export function thermometerContract(sensor: ThermoHygrometer, clock: Clock, bench: Bench): Rule[] {
  return rules(sensor, clock, bench, false);
}
