/** Reefer machine: cooling class 5 to 12 kW, heat 4 to 5 kW, fan heat 0.4 to 1.2 kW (maker's figures). */
const COOL_W = 9000;
const FROZEN_COOL_W = 5000;
const HEAT_W = 4500;
const FAN_W = 600;
/** Heat that the circulated air carries per kelvin, W/K: about 5000 m3/h. */
export const FLOW_W_PER_K = 1750;
/** At a set point at or below this, the machine switches on return air; above, it modulates on supply air. */
const FROZEN_C = -10;
/** Defrost is armed while the coil is colder than this (Carrier), which it never is in a box that is kept warmer. */
const DEFROST_ARMED_C = 10;
const MIN_SWITCH_MIN = 6;
const DEADBAND_K = 0.15;
const SLEW_W = 700;
const DEFROST_MIN = 25;

/** What the machine goes by in one minute. */
export interface MachineOrders {
  readonly powered: boolean;
  readonly setPointC: number;
  /** The thermostat that ends a defrost has failed: heaters on, fans off, for as long as this holds. */
  readonly defrostStuck: boolean;
}

/** Controller of the refrigeration machine, one step a minute. */
export class Machine {
  readonly #defrostEveryMin: number;
  /** Heat taken out of the air by the coil, W; negative when heating. */
  coilW = 0;
  /** Heat that defrost heaters give to the air of the box, W. Those of a sound defrost melt ice with theirs. */
  strayW = 0;
  defrosting = false;
  #inDefrost = false;
  #sinceDefrostMin = 0;
  #sinceSwitchMin = MIN_SWITCH_MIN;

  constructor(defrostEveryHours: number) {
    this.#defrostEveryMin = defrostEveryHours * 60;
  }

  /** True when the fans ran in this minute. */
  step({ powered, setPointC, defrostStuck }: MachineOrders, supplyC: number, returnC: number): boolean {
    if (powered) this.#countDefrost(setPointC, defrostStuck);
    this.defrosting = powered && this.#inDefrost;
    // Assumed: the limit thermostat lets half of the heaters' power through.
    this.strayW = this.defrosting && defrostStuck ? HEAT_W / 2 : 0;
    const fansOn = powered && !this.defrosting;
    if (!fansOn) this.coilW = 0;
    else if (setPointC <= FROZEN_C) this.#switch(setPointC, returnC);
    else this.#modulate(setPointC, supplyC);
    return fansOn;
  }

  /** Temperature at which air leaves the machine that entered at `returnC`. */
  outletC(returnC: number): number {
    return returnC + (FAN_W - this.coilW) / FLOW_W_PER_K;
  }

  #countDefrost(setPointC: number, stuck: boolean): void {
    const endMin = this.#defrostEveryMin + DEFROST_MIN;
    if (stuck) this.#sinceDefrostMin = endMin - 1;
    else if (setPointC > DEFROST_ARMED_C && !this.#inDefrost) return;
    this.#sinceDefrostMin++;
    this.#inDefrost = this.#sinceDefrostMin > this.#defrostEveryMin;
    if (this.#sinceDefrostMin >= endMin) this.#sinceDefrostMin = 0;
  }

  /** Integral control with a stepping valve: it rests inside the deadband, which is what makes the ripple. */
  #modulate(setPointC: number, supplyC: number): void {
    const error = supplyC - setPointC;
    if (Math.abs(error) < DEADBAND_K) return;
    const move = Math.min(SLEW_W, Math.max(-SLEW_W, 0.3 * FLOW_W_PER_K * error));
    this.coilW = Math.min(COOL_W, Math.max(-HEAT_W, this.coilW + move));
  }

  #switch(setPointC: number, returnC: number): void {
    // Another set point may have left it half open, or heating.
    this.coilW = this.coilW > 0 ? FROZEN_COOL_W : 0;
    this.#sinceSwitchMin++;
    if (this.#sinceSwitchMin < MIN_SWITCH_MIN) return;
    const wanted = returnC > setPointC + 1 ? FROZEN_COOL_W : returnC < setPointC - 1 ? 0 : this.coilW;
    if (wanted !== this.coilW) this.#sinceSwitchMin = 0;
    this.coilW = wanted;
  }
}
