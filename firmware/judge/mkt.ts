/**
 * Mean kinetic temperature (USP <1079.2>): the steady temperature that would have done as much harm as the real course.
 *
 *     T = (dH/R) / -ln(mean of exp(-dH/(R T)))     dH = 83.144 kJ/mol, R = 8.3144e-3 kJ/(mol K), dH/R = 10000 K
 *
 * Rates of decay are taken relative to that at some other temperature, so that no number gets small.
 */
const ACTIVATION_MILLI_K = 10000000;
const ZERO_C_MILLI_K = 273150;

/** How many times as fast as at `atMilliC` the cargo decays at `tempMilliC`. */
export function decayRate(tempMilliC: number, atMilliC: number): number {
  return Math.exp(
    ACTIVATION_MILLI_K / (atMilliC + ZERO_C_MILLI_K) - ACTIVATION_MILLI_K / (tempMilliC + ZERO_C_MILLI_K),
  );
}

/** The temperature at which it decays `rate` times as fast as at `atMilliC`. */
export function tempOfRate(rate: number, atMilliC: number): number {
  return (
    ACTIVATION_MILLI_K / (ACTIVATION_MILLI_K / (atMilliC + ZERO_C_MILLI_K) - Math.log(rate)) - ZERO_C_MILLI_K
  );
}

/** Of temperatures that each held for as long as its weight; null when nothing weighs anything. Not rounded. */
export function meanKineticTemp(tempsMilliC: readonly number[], weights: readonly number[]): number | null {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < tempsMilliC.length; i++) {
    sum += decayRate(tempsMilliC[i], 0) * weights[i];
    weight += weights[i];
  }
  return weight > 0 ? tempOfRate(sum / weight, 0) : null;
}
