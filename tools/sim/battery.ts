/**
 * The battery of a virtual board, as seen at its terminals:
 *
 *     millivolts = open circuit(charge left) - load x (resistance(celsius) + film)
 *
 * In the cold there is less to take, and what is left seems less; both come back with the warmth. No self-discharge, no
 * ageing, no relaxation after a load; a current is taken for what it is at 3.8 V, whatever the voltage.
 */
import { along, type BatteryKind, usableMilliampHours } from './batteries.ts';

/** The temperature for which a film's resistance is given. */
const FILM_CELSIUS = 20;

export class Battery {
  readonly kind: BatteryKind;
  /** Charge that was given where it must not be: below the lowest temperature for charging, or to a primary cell. */
  abuseMilliampHours = 0;
  #taken: number;
  /** 0 to 1; a battery comes from the store with a full film. */
  #film = 1;

  /** @param charge left in it, 0 to 1 of its capacity. */
  constructor(kind: BatteryKind, charge = 1) {
    this.kind = kind;
    this.#taken = kind.capacity.milliampHours * (1 - charge);
  }

  /** What is left of what it can give at this temperature, 0 to 1. */
  left(celsius: number): number {
    return Math.max(0, 1 - this.#taken / usableMilliampHours(this.kind, celsius));
  }

  /** At the terminals, whole mV, 0 to what the full battery has. A load below 0 charges. */
  millivolts(loadMilliamps: number, celsius: number): number {
    const { percentToMillivolts } = this.kind.openCircuit;
    const open = along(percentToMillivolts, this.left(celsius) * 100);
    const drop = (loadMilliamps * this.#milliohms(celsius)) / 1000;
    return Math.round(Math.min(along(percentToMillivolts, 100), Math.max(0, open - drop)));
  }

  /**
   * Take charge out of it; what it does not have is not taken.
   * @param hours that this takes, which make it rest or load; 0 for a pulse
   */
  take(milliampHours: number, hours = 0): void {
    this.#taken = Math.min(this.kind.capacity.milliampHours, this.#taken + milliampHours);
    const { film } = this.kind;
    if (!film) return;
    const isRest = milliampHours < film.fromMilliamps * hours;
    if (isRest) this.#film = Math.min(1, this.#film + hours / film.growsInHours);
    else this.#film = Math.max(0, this.#film - milliampHours / film.clearedByMilliampHours);
  }

  /** Charge it; full it takes no more. */
  give(milliampHours: number, celsius: number): void {
    const { fromCelsius } = this.kind.charge;
    const isPrimary = fromCelsius === null;
    const given = isPrimary ? milliampHours : Math.min(milliampHours, this.#taken);
    if (isPrimary || celsius < fromCelsius) this.abuseMilliampHours += given;
    if (!isPrimary) this.#taken -= given;
  }

  #milliohms(celsius: number): number {
    const { resistance, film } = this.kind;
    const own = along(resistance.celsiusToMilliohms, celsius);
    if (!film) return own;
    const colder = own / along(resistance.celsiusToMilliohms, FILM_CELSIUS);
    return own + this.#film * film.milliohms * colder;
  }
}
