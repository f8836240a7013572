/** Mean kinetic temperature as USP <1079.2> writes it, with dH = 83.144 kJ/mol and R = 8.3144e-3 kJ/(mol K). */
const HEAT = 83.144;
const GAS_CONSTANT = 8.3144e-3;
const ZERO_C_K = 273.15;

/** Degrees Celsius; each temperature counts for its weight, one where none are given. At least one must weigh something. */
export function meanKineticC(tempsC: readonly number[], weights: readonly number[] = []): number {
  const weightOf = (index: number) => weights[index] ?? 1;
  const whole = tempsC.reduce((sum, _, index) => sum + weightOf(index), 0);
  const mean = tempsC.reduce(
    (sum, tempC, index) =>
      sum + (weightOf(index) / whole) * Math.exp(-HEAT / (GAS_CONSTANT * (tempC + ZERO_C_K))),
    0,
  );
  return HEAT / GAS_CONSTANT / -Math.log(mean) - ZERO_C_K;
}
