import type { Timer } from '../../kernel.ts';
import type { SkyFix } from '../radio.ts';
import type { Core } from './core.ts';
import { between, S } from './scope.ts';

const TICK_US = S;
/** Ephemerides of the last fix serve for a hot start this long. */
const HOT_US = 7200 * S;
/** A gap in the view that tracking survives. */
const HOLD_TICKS = 3;
/** How old a stale fix is that was never a fresh one. */
const STALE_MS = 86_400_000;

/** What the engine has to show; each family has its own way of doing so. */
export interface GnssView {
  /** The fix flag. It may be empty, with a fix or without. */
  readonly flag: 'fix' | 'none' | 'empty';
  readonly fix: SkyFix | undefined;
  /** Without a fix: where it was last, if that is known. */
  readonly last: SkyFix | undefined;
  /** Without any position: true where nonsense is shown in its place. */
  readonly junk: boolean;
}

/** The GNSS engine: needs an unbroken view for long enough, and has nonsense to show until it has a fix. */
export class Gnss {
  readonly #core: Core;
  #tick: Timer | undefined;
  #neededUs = 0;
  #seenUs = 0;
  #blindTicks = 0;
  #fix: SkyFix | undefined;
  #emptyFlag = false;
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
    this.#emptyFlag = this.#core.random.int(0, 1) === 1;
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

  /** Forget what a hot start needs. */
  forget(): void {
    this.#core.backup.lastFixUs = undefined;
    if (this.on) this.#acquire(false);
  }

  get view(): GnssView {
    const { backup, faults } = this.#core;
    const last = backup.lastFix;
    if (faults.staleFix) return { flag: 'empty', fix: last ?? this.#someday(), last, junk: false };
    const flag = this.#fix ? 'fix' : this.#emptyFlag ? 'empty' : 'none';
    return { flag: faults.fixFlagEmpty ? 'empty' : flag, fix: this.#fix, last, junk: this.#junk };
  }

  #someday(): SkyFix {
    const place = { latDeg: 31.84536, lonDeg: 117.19882, altitudeM: 40, speedKmh: 0, courseDeg: 0 };
    return { ...place, satellites: 5, hdop: 2, utcMs: this.#core.air.utcMs() - STALE_MS };
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
    this.#core.backup.lastFix = view;
  }
}
