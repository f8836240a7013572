/** What can go wrong with a sensor on its bus and at its place, from one time of a ride to another. */
import type { Kernel } from '../kernel.ts';
import { type Random, randomStream } from '../random.ts';

/** Microseconds of virtual time; unset: from the start, without end. */
interface Span {
  readonly fromUs?: number;
  readonly untilUs?: number;
}

export type SensorFault = Span &
  (
    | { readonly kind: 'unplugged' }
    /** It holds SDA low, until SCL has been pulsed so many times; unset: whatever is done. */
    | { readonly kind: 'stuck-low'; readonly pulses?: number }
    /** One bit of each answer arrives wrong. */
    | { readonly kind: 'bad-crc' }
    /** It goes on giving the value that it measured last. */
    | { readonly kind: 'frozen' }
    /** Its error grows; 0.1 to 0.5 K a month is what ageing probes do. */
    | { readonly kind: 'drift'; readonly kelvinPerMonth: number }
    /** Ice around it: see `Ice`. */
    | { readonly kind: 'ice'; readonly lagS?: number; readonly meltsAfterKelvinHours?: number }
    /** `kelvin`: standard deviation. */
    | { readonly kind: 'noise'; readonly kelvin: number; readonly seed: number }
  );

type Kind = SensorFault['kind'];
type FaultOf<K extends Kind> = Extract<SensorFault, { readonly kind: K }>;

export interface SensedAir {
  readonly celsius: number;
  readonly humidityPct: number;
}

const S_US = 1_000_000;
const HOUR_S = 3600;
const MONTH_S = 30 * 24 * HOUR_S;
/** In front of an air probe's own two minutes, this makes its lag five times as long. */
const ICE_LAG_S = 480;
/** Half an hour of air at 8 C, for a probe in a cap of ice (assumed). */
const MELTS_AFTER_KELVIN_HOURS = 4;

/**
 * A cap of ice: the sensor follows the air late, and stays at 0 C until air above that has melted the ice, which does not
 * come back. Humidity over ice and meltwater is 100 %.
 */
class Ice {
  readonly #lagS: number;
  #coldKh: number;
  #celsius: number;
  #seenUs: number;

  constructor(fault: FaultOf<'ice'>, celsius: number, nowUs: number) {
    this.#lagS = fault.lagS ?? ICE_LAG_S;
    this.#coldKh = fault.meltsAfterKelvinHours ?? MELTS_AFTER_KELVIN_HOURS;
    this.#celsius = celsius;
    this.#seenUs = nowUs;
  }

  /** Between two conversions the air counts as it is at the second. */
  sense(air: SensedAir, nowUs: number): SensedAir {
    const seconds = (nowUs - this.#seenUs) / S_US;
    this.#seenUs = nowUs;
    this.#coldKh -= (Math.max(0, air.celsius) * seconds) / HOUR_S;
    if (this.#coldKh <= 0) return air;
    const lagging = this.#celsius + (air.celsius - this.#celsius) * (1 - Math.exp(-seconds / this.#lagS));
    this.#celsius = Math.min(0, lagging);
    return { celsius: this.#celsius, humidityPct: 100 };
  }
}

/** The faults of one sensor, and what has become of them. */
export class SensorFaults {
  readonly #kernel: Kernel;
  readonly #faults: readonly SensorFault[];
  readonly #pulses = new Map<SensorFault, number>();
  readonly #noises = new Map<SensorFault, Random>();
  readonly #ices = new Map<SensorFault, Ice>();
  #frozen: SensedAir | undefined;
  #last: SensedAir | undefined;

  constructor(kernel: Kernel, faults: readonly SensorFault[] = []) {
    this.#kernel = kernel;
    this.#faults = faults;
  }

  has(kind: Kind): boolean {
    return this.#active(kind) !== undefined;
  }

  /** Pulls SDA low and has not been talked out of it. */
  holdsSda(): boolean {
    const fault = this.#active('stuck-low');
    return fault !== undefined && (this.#pulses.get(fault) ?? 0) < (fault.pulses ?? Number.POSITIVE_INFINITY);
  }

  clockPulse(): void {
    const fault = this.#active('stuck-low');
    if (fault) this.#pulses.set(fault, (this.#pulses.get(fault) ?? 0) + 1);
  }

  /** What a conversion that starts now makes of the air. */
  sense(air: SensedAir): SensedAir {
    const sensed = this.#noisy(this.#drifted(this.#iced(air)));
    this.#frozen = this.has('frozen') ? (this.#frozen ?? this.#last ?? sensed) : undefined;
    this.#last = this.#frozen ?? sensed;
    return this.#last;
  }

  #active<K extends Kind>(kind: K): FaultOf<K> | undefined {
    const { nowUs } = this.#kernel;
    return this.#faults.find(
      (fault): fault is FaultOf<K> =>
        fault.kind === kind &&
        (fault.fromUs ?? 0) <= nowUs &&
        nowUs < (fault.untilUs ?? Number.POSITIVE_INFINITY),
    );
  }

  #iced(air: SensedAir): SensedAir {
    const fault = this.#active('ice');
    if (!fault) return air;
    const { nowUs } = this.#kernel;
    const ice = this.#ices.get(fault) ?? new Ice(fault, (this.#last ?? air).celsius, nowUs);
    this.#ices.set(fault, ice);
    return ice.sense(air, nowUs);
  }

  #drifted(air: SensedAir): SensedAir {
    const fault = this.#active('drift');
    if (!fault) return air;
    const months = (this.#kernel.nowUs - (fault.fromUs ?? 0)) / S_US / MONTH_S;
    return { ...air, celsius: air.celsius + months * fault.kelvinPerMonth };
  }

  #noisy(air: SensedAir): SensedAir {
    const fault = this.#active('noise');
    if (!fault) return air;
    const random = this.#noises.get(fault) ?? randomStream(fault.seed, 'sensor noise');
    this.#noises.set(fault, random);
    return { ...air, celsius: air.celsius + bell(random) * fault.kelvin };
  }
}

/** Normal distribution with a standard deviation of 1 (Box and Muller). */
function bell(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
