import type { Timer } from '../../kernel.ts';
import type { SkyFix } from '../radio.ts';
import type { Core } from './core.ts';
import { between, S } from './scope.ts';

const TICK_US = S;
/** Ephemerides of the last fix serve for a hot start this long. */
const HOT_US = 7200 * S;
/** A gap in the view that tracking survives. */
const HOLD_TICKS = 3;
/** Seen on real parts before a first fix. */
const JUNK_POSITION = ['44.060004', '20.920002'] as const;

/** The GNSS engine: needs an unbroken view for long enough, and prints nonsense until it has a fix. */
export class Gnss {
  readonly #core: Core;
  #tick: Timer | undefined;
  #neededUs = 0;
  #seenUs = 0;
  #blindTicks = 0;
  #fix: SkyFix | undefined;
  /** Whether an absent fix is shown as an empty field, and whether junk stands in the position's place. */
  #emptyStatus = false;
  #junk = false;

  constructor(core: Core) {
    this.#core = core;
  }

  get on(): boolean {
    return this.#tick !== undefined;
  }

  start(): void {
    if (this.on) return;
    const { lastFixUs } = this.#core.backup;
    const hot = lastFixUs !== undefined && this.#core.scope.nowUs - lastFixUs < HOT_US;
    this.#emptyStatus = this.#core.random.int(0, 1) === 1;
    this.#junk = this.#core.random.int(0, 1) === 1;
    this.#acquire(hot);
    this.#plan();
    this.#core.changed();
  }

  stop(): void {
    if (!this.on) return;
    this.#core.scope.cancel(this.#tick);
    this.#tick = undefined;
    this.#fix = undefined;
    this.#core.changed();
  }

  /** Forget what a hot start needs (CGNSCOLD). */
  forget(): void {
    this.#core.backup.lastFixUs = undefined;
    if (this.on) this.#acquire(false);
  }

  /** The 18 fields of CGNSINF. */
  report(): string {
    if (!this.on) return `0${','.repeat(17)}`;
    const fix = this.#fix;
    if (!fix) return this.#reportWithoutFix();
    const motion = [fix.altitudeM.toFixed(3), fix.speedKmh.toFixed(2), fix.courseDeg.toFixed(2)];
    const dilution = [fix.hdop, fix.hdop * 1.4, fix.hdop * 0.95].map((value) => value.toFixed(1));
    const precision = [(fix.hdop * 6).toFixed(1), (fix.hdop * 9).toFixed(1)];
    const head = ['1', '1', stamp(fix.utcMs), ...position(fix), ...motion];
    return [...head, '1', '', ...dilution, '', String(fix.satellites), '', ...precision].join(',');
  }

  #reportWithoutFix(): string {
    const status = this.#emptyStatus ? '' : '0';
    const shown = this.#core.backup.lastPosition ?? (this.#junk ? JUNK_POSITION : ['', '']);
    const neverSet = `198001060000${this.#core.random.int(10, 59)}.000`;
    return `1,${status},${neverSet},${shown.join(',')}${','.repeat(13)}`;
  }

  #acquire(hot: boolean): void {
    this.#fix = undefined;
    this.#seenUs = 0;
    this.#blindTicks = 0;
    this.#neededUs = hot
      ? between(this.#core.random, 2 * S, 5 * S)
      : between(this.#core.random, 25 * S, 45 * S);
  }

  #plan(): void {
    this.#tick = this.#core.scope.after(TICK_US, () => {
      this.#look();
      this.#plan();
    });
  }

  #look(): void {
    const view = this.#core.sky.view();
    this.#blindTicks = view ? 0 : this.#blindTicks + 1;
    if (!view) {
      if (this.#fix && this.#blindTicks > HOLD_TICKS) this.#acquire(true);
      else if (!this.#fix) this.#seenUs = Math.max(0, this.#seenUs - TICK_US);
      return;
    }
    this.#seenUs += TICK_US;
    if (this.#seenUs < this.#neededUs) return;
    this.#fix = view;
    this.#core.backup.lastFixUs = this.#core.scope.nowUs;
    this.#core.backup.lastPosition = position(view);
  }
}

function position(fix: SkyFix): [string, string] {
  return [fix.latDeg.toFixed(6), fix.lonDeg.toFixed(6)];
}

/** yyyyMMddhhmmss.sss */
function stamp(utcMs: number): string {
  return `${new Date(utcMs).toISOString().replace(/[-T:]/g, '').slice(0, 18)}`;
}
