import type { Clock } from '../clock.ts';
import { OK } from '../faults.ts';
import type { AtChannel } from './at-channel.ts';
import { cutByKey, goodbye } from './power-down.ts';
import { bringUp, startOver } from './power-up.ts';
import type { ModemProfile, Stage } from './profile.ts';
import { runSteps, type Values } from './steps.ts';

/** What the board can do to the modem from outside. */
export interface ModemWiring {
  /** The modem's supply rail; false when it could not be switched. Null where the modem hangs on the battery. */
  readonly supply: ((on: boolean) => boolean) | null;
  pwrkey(pressed: boolean): void;
  /** The supply of an active GNSS antenna that the board feeds. */
  antenna(on: boolean): void;
}

/** Who may have the modem: it serves one of them at a time. */
export type RadioUser = 'link' | 'gnss';

/**
 * The modem between off and answering to AT, and back; and which of its two users it is for. The ways up and down,
 * power-up.ts and power-down.ts, take memory only while they are gone.
 */
export class ModemPower {
  readonly channel: AtChannel;
  readonly clock: Clock;
  readonly profile: ModemProfile;
  readonly wiring: ModemWiring;
  /** What the modem has told and what dialogues fill in, in this wake. */
  readonly values: Values = { text: {}, bytes: {} };
  /** Rungs of the recovery ladder that were taken, in pairs: rung, and the fault that led to it. */
  readonly recoveries: number[] = [];
  state: 'off' | 'rising' | 'on' | 'falling' = 'off';
  private user: RadioUser | null = null;
  /** Counts ways up; the timers of an earlier one find that it is over. */
  ascents = 0;
  /** It has answered since it was switched on. */
  isHeard = false;
  private readonly whenOff: (() => void)[] = [];

  constructor(channel: AtChannel, clock: Clock, profile: ModemProfile, wiring: ModemWiring) {
    this.channel = channel;
    this.clock = clock;
    this.profile = profile;
    this.wiring = wiring;
  }

  /** Claim the modem; false when it is taken, or on its way down. */
  take(user: RadioUser): boolean {
    if (this.user !== null || this.state === 'falling') return false;
    this.user = user;
    return true;
  }

  /** Leave the modem, powered or not, to whoever takes it next. */
  give(): void {
    this.user = null;
  }

  /**
   * Bring the modem up; nothing to do when it is up. A modem that was switched off in good order has kept its supply,
   * and with it what a quick fix needs; one that a crash has left running answers, and PWRKEY, which toggles, stays
   * alone. What PWRKEY does not wake is given one more try: with its supply cycled, or where there is no rail with PWRKEY
   * again, as the first press may have switched off a modem that hung.
   */
  on(done: (fault: number) => void): void {
    if (this.state === 'on') {
      this.later(0, () => {
        done(OK);
      });
      return;
    }
    bringUp(this, done);
  }

  /** Off and on again, whatever state the modem is in: by PWRKEY, or by its supply where the board can switch that. */
  restart(rung: number, done: (fault: number) => void): void {
    startOver(this, rung, done);
  }

  /**
   * Say goodbye to the network; a modem that does not gets its supply taken away. At once when it is off; one that is on
   * its way up is cut. Does nothing while the other user has the modem. No command may be under way. `done` comes within
   * 25 s.
   */
  off(user: RadioUser, done: () => void): void {
    if (this.state === 'off' || (this.user !== null && this.user !== user)) {
      done();
      return;
    }
    this.whenOff.push(done);
    if (this.state === 'falling') return;
    if (this.state === 'on') {
      goodbye(this);
    } else if (this.wiring.supply !== null) {
      this.cut();
    } else {
      // On its way up it hears nothing yet.
      this.ascents++;
      this.state = 'falling';
      this.wiring.pwrkey(false);
      this.later(this.profile.power.ready, () => {
        goodbye(this);
      });
    }
  }

  /** Leave the modem on by itself; who brings it up again finds it awake, or wakes it by PWRKEY. */
  leave(): void {
    if (this.state === 'on') this.rest();
  }

  /** Whatever dialogue is under way is over, but for that which switches the modem off. */
  abandon(): void {
    if (this.state !== 'falling') this.channel.abandon();
  }

  /** Nobody waits any more for a modem that is on its way up. */
  giveUp(): void {
    if (this.state === 'rising' && this.wiring.supply !== null) this.cut();
  }

  /** Take the supply away at once; or PWRKEY, which must only be pressed when the modem is heard: it would wake it. */
  cut(): void {
    if (this.wiring.supply === null) {
      cutByKey(this);
      return;
    }
    this.wiring.supply(false);
    this.rest();
  }

  /** The modem is off, whether or not its supply is. */
  rest(): void {
    this.ascents++;
    this.state = 'off';
    this.isHeard = false;
    this.channel.stop();
    this.wiring.antenna(false);
    this.wiring.pwrkey(false);
    this.whenOff.splice(0).forEach((done) => {
      done();
    });
  }

  press(holdMs: number, waitMs: number, then: () => void): void {
    this.wiring.pwrkey(true);
    this.later(holdMs, () => {
      this.wiring.pwrkey(false);
      this.later(waitMs, then);
    });
  }

  /** Hold a dialogue; its end is told only while this way up is under way. */
  ask(stage: Stage, done: (fault: number) => void): void {
    const ascent = this.ascents;
    runSteps(this.channel, this.clock, this.profile.script(stage), this.values, (fault) => {
      if (this.ascents === ascent) done(fault);
    });
  }

  /** Run something later, unless the modem is switched off or on again before. */
  later(delayMs: number, run: () => void): void {
    const ascent = this.ascents;
    this.clock.after(delayMs, () => {
      if (this.ascents === ascent) run();
    });
  }
}
