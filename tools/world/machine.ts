/** Reefer machine: cooling class 5 to 12 kW, heat 4 to 5 kW, fan heat 0.4 to 1.2 kW (maker's figures). */
const COOL_W = 9000;
const FROZEN_COOL_W = 5000;
const HEAT_W = 4500;
const FAN_W = 600;
/** Heat that the circulated air carries per kelvin, W/K: about 5000 m3/h. */
export const FLOW_W_PER_K = 1750;
/** At a set point at or below this, the machine switches on return air; above, it modulates on supply air. */
const FROZEN_C = -10;
const MIN_SWITCH_MIN = 6;
const DEADBAND_K = 0.15;
const SLEW_W = 700;
const DEFROST_MIN = 25;

/** Controller of the refrigeration machine, one step a minute. */
export class Machine {
  readonly #setPointC: number;
  readonly #defrostEveryMin: number;
  /** Heat taken out of the air by the coil, W; negative when heating. */
  coilW = 0;
  defrosting = false;
  #sinceDefrostMin = 0;
  #sinceSwitchMin = MIN_SWITCH_MIN;

  constructor(setPointC: number, defrostEveryHours: number) {
    this.#setPointC = setPointC;
    this.#defrostEveryMin = defrostEveryHours * 60;
  }

  /** True when the fans ran in this minute. */
  step(powered: boolean, supplyC: number, returnC: number): boolean {
    if (powered) this.#countDefrost();
    const fansOn = powered && !this.defrosting;
    if (!fansOn) this.coilW = 0;
    else if (this.#setPointC <= FROZEN_C) this.#switch(returnC);
    else this.#modulate(supplyC);
    return fansOn;
  }

  /** Temperature at which air leaves the machine that entered at `returnC`. */
  outletC(returnC: number): number {
    return returnC + (FAN_W - this.coilW) / FLOW_W_PER_K;
  }

  #countDefrost(): void {
    this.#sinceDefrostMin++;
    this.defrosting = this.#sinceDefrostMin > this.#defrostEveryMin;
    if (this.#sinceDefrostMin >= this.#defrostEveryMin + DEFROST_MIN) this.#sinceDefrostMin = 0;
  }

  /** Integral control with a stepping valve: it rests inside the deadband, which is what makes the ripple. */
  #modulate(supplyC: number): void {
    const error = supplyC - this.#setPointC;
    if (Math.abs(error) < DEADBAND_K) return;
    const move = Math.min(SLEW_W, Math.max(-SLEW_W, 0.3 * FLOW_W_PER_K * error));
    this.coilW = Math.min(COOL_W, Math.max(-HEAT_W, this.coilW + move));
  }

  #switch(returnC: number): void {
    this.#sinceSwitchMin++;
    if (this.#sinceSwitchMin < MIN_SWITCH_MIN) return;
    const wanted =
      returnC > this.#setPointC + 1 ? FROZEN_COOL_W : returnC < this.#setPointC - 1 ? 0 : this.coilW;
    if (wanted !== this.coilW) this.#sinceSwitchMin = 0;
    this.coilW = wanted;
  }
}
