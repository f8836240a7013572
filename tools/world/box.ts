import type { Air } from './ambient.ts';
import { FLOW_W_PER_K, Machine } from './machine.ts';
import { saturationHpa } from './moist-air.ts';
import { AirProbes, type BoxAir, type CargoProbe, CargoProbes, lag } from './probes.ts';
import type { Scenario } from './scenario.ts';
import { type MachineSignals, SignalTape } from './signals.ts';

const STEP_S = 60;
/** Heat leakage of a 40 ft high-cube reefer, W/K, as measured (38.1 kcal/hK; cinstech-inspect-survey.com no=114). */
const WALL_W_PER_K = 44;
/** Assumed: air with racks and ducts; liner and floor; a fifth of the cargo answers to the air, the core to that. */
const AIR_J_PER_K = 0.3e6;
const LINER_J_PER_K = 1e6;
const SHELL_SHARE = 0.2;
const CORE_W_PER_K = 250;
const FANS_ON = { cargoWPerK: 1200, linerWPerK: 400 };
const FANS_OFF = { cargoWPerK: 200, linerWPerK: 300 };
/** 0.6 air changes a minute through open doors; 1.5 m3/h through closed ones. */
const DOOR_W_PER_K = 840;
const LEAK_W_PER_K = 0.5;
/** The defrost heater warms the return probe, not the cargo. */
const DEFROST_PROBE_K = 6;

/** What acts on the box during one minute. */
export interface BoxSurroundings {
  readonly outside: Air;
  readonly powered: boolean;
  readonly doorOpen: boolean;
  /** What the machine is set to; without it, what the scenario says. */
  readonly setPointC?: number | undefined;
  /** A defrost that does not end. */
  readonly defrostStuck?: boolean;
}

/**
 * Air in a reefer, as the probes see it: machine, air, liner, cargo shell and cargo core, in steps of a minute. Minutes
 * are worked out when first asked for and kept, so that any earlier minute has the same answer. Between two minutes
 * the value stands.
 */
export class Box {
  readonly #surroundings: (minute: number) => BoxSurroundings;
  readonly #scenario: Scenario;
  readonly #machine: Machine;
  readonly #airProbes: AirProbes;
  readonly #cargoProbes: CargoProbes;
  readonly #signals = new SignalTape();
  #minutes = 0;
  #airC: number;
  #linerC: number;
  #shellC: number;
  #coreC: number;
  #supplyC: number;
  #defrostK = 0;
  #vapourHpa: number;

  constructor(scenario: Scenario, seed: number, surroundings: (minute: number) => BoxSurroundings) {
    this.#scenario = scenario;
    this.#surroundings = surroundings;
    this.#machine = new Machine(scenario.defrostEveryHours);
    const loaded = scenario.setPointC;
    this.#airProbes = new AirProbes(seed, loaded);
    this.#cargoProbes = new CargoProbes(seed, loaded);
    this.#airC = this.#linerC = this.#shellC = this.#coreC = this.#supplyC = loaded;
    this.#vapourHpa = 0.9 * saturationHpa(loaded);
  }

  /** @param minute whole minutes since departure, from 0. */
  at(minute: number): BoxAir {
    this.#goTo(minute);
    return this.#airProbes.at(minute);
  }

  /** What a probe in the cargo feels; its humidity is that of the air around, at the probe's temperature. */
  cargo(minute: number, probe: CargoProbe): Air {
    return this.#cargoProbes.at(minute, probe, this.at(minute).return);
  }

  /** What the machine says of itself. */
  signals(minute: number): MachineSignals {
    this.#goTo(minute);
    return this.#signals.at(minute);
  }

  #goTo(minute: number): void {
    while (this.#minutes <= minute) this.#step();
  }

  #step(): void {
    const around = this.#surroundings(this.#minutes);
    const { powered, setPointC = this.#scenario.setPointC, defrostStuck = false } = around;
    const fansOn = this.#machine.step({ powered, setPointC, defrostStuck }, this.#supplyC, this.#airC);
    this.#moveHeat(around, fansOn);
    this.#moveMoisture(around, fansOn);
    this.#airProbes.step(this.#supplyC, this.#airC + this.#defrostK, this.#vapourHpa);
    this.#cargoProbes.step(this.#shellC, this.#coreC);
    const returnC = this.#airProbes.at(this.#minutes).return.celsius;
    this.#signals.push(around.powered, this.#machine, returnC - setPointC);
    this.#minutes++;
  }

  #moveHeat({ outside, doorOpen }: BoxSurroundings, fansOn: boolean): void {
    const { cargoWPerK, linerWPerK } = fansOn ? FANS_ON : FANS_OFF;
    const flow = fansOn ? FLOW_W_PER_K : 0;
    const exchange = doorOpen ? DOOR_W_PER_K : LEAK_W_PER_K;
    const outletC = fansOn ? this.#machine.outletC(this.#airC) : this.#airC;
    this.#supplyC += (outletC - this.#supplyC) * lag(fansOn ? 60 : 300);
    const kept = AIR_J_PER_K / STEP_S;
    // Implicit in the air, whose time constant is shorter than the step.
    this.#airC =
      (kept * this.#airC +
        flow * this.#supplyC +
        cargoWPerK * this.#shellC +
        linerWPerK * this.#linerC +
        exchange * outside.celsius +
        this.#machine.strayW) /
      (kept + flow + cargoWPerK + linerWPerK + exchange);
    const { heatMJperK, respirationW } = this.#scenario.cargo;
    const cargo = heatMJperK * 1e6;
    const toLinerW =
      linerWPerK * (this.#airC - this.#linerC) + WALL_W_PER_K * (outside.celsius - this.#linerC);
    const toCoreW = CORE_W_PER_K * (this.#shellC - this.#coreC);
    const toShellW = cargoWPerK * (this.#airC - this.#shellC) - toCoreW;
    this.#linerC += (STEP_S * toLinerW) / LINER_J_PER_K;
    this.#shellC += (STEP_S * (toShellW + SHELL_SHARE * respirationW)) / (SHELL_SHARE * cargo);
    this.#coreC += (STEP_S * (toCoreW + (1 - SHELL_SHARE) * respirationW)) / ((1 - SHELL_SHARE) * cargo);
    const { defrosting } = this.#machine;
    this.#defrostK += ((defrosting ? DEFROST_PROBE_K : 0) - this.#defrostK) * lag(defrosting ? 600 : 360);
  }

  /** Cargo and open doors give moisture, the cold coil takes it. Time constants are assumed. */
  #moveMoisture({ outside, doorOpen }: BoxSurroundings, fansOn: boolean): void {
    const towards = (hpa: number, seconds: number) => {
      this.#vapourHpa += (hpa - this.#vapourHpa) * lag(seconds);
    };
    towards(0.95 * saturationHpa(this.#shellC), fansOn ? 3000 : 6000);
    if (doorOpen) towards((outside.humidityPct / 100) * saturationHpa(outside.celsius), 100);
    const coilHpa = saturationHpa(this.#supplyC - 1 - this.#machine.coilW / 2000);
    if (fansOn && this.#machine.coilW > 0 && coilHpa < this.#vapourHpa) towards(coilHpa, 900);
  }
}
