import type { Clock } from '../clock.ts';
import { MODEM_SUPPLY, OK } from '../faults.ts';
import type { AtChannel } from './at-channel.ts';
import {
  areYouThere,
  PWRKEY_ON_MS,
  registerAnew,
  SUPPLY_SETTLE_MS,
  UART_READY_MS,
  wakeUp,
} from './sim7080-profile.ts';
import { runSteps, type Step, type Values } from './steps.ts';

/** What the board can do to the modem from outside. */
export interface ModemWiring {
  /** The modem's supply rail; false when it could not be switched. */
  supply(on: boolean): boolean;
  pwrkey(pressed: boolean): void;
  /** The supply of the active GNSS antenna. */
  antenna(on: boolean): boolean;
}

/** Who may have the modem: its radio serves one of them at a time. */
export type RadioUser = 'link' | 'gnss';

const NO_VALUES: Values = { text: {}, bytes: {} };

/** The farewell to the network takes some seconds; a modem that is silent is not waited for. */
const GOODBYE_WITHIN_MS = 9000;

/** The modem between rail off and answering to AT, and back; and which of its two users it is for. */
export class ModemPower {
  private readonly channel: AtChannel;
  private readonly clock: Clock;
  private readonly wiring: ModemWiring;
  private state: 'off' | 'rising' | 'on' | 'falling' = 'off';
  private user: RadioUser | null = null;
  /** Counts ways up; the timers of an earlier one find that it is over. */
  private ascents = 0;
  private readonly whenOff: (() => void)[] = [];

  constructor(channel: AtChannel, clock: Clock, wiring: ModemWiring) {
    this.channel = channel;
    this.clock = clock;
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
   * alone. What PWRKEY does not wake is given one more try with its supply cycled.
   */
  on(done: (fault: number) => void): void {
    if (this.state === 'on') {
      this.later(0, () => {
        done(OK);
      });
      return;
    }
    this.feed(done, () => {
      this.channel.start();
      this.ask(areYouThere(), (silent) => {
        if (silent === OK) this.takeOver(done);
        else this.press((fault) => this.orCycle(fault, done));
      });
    });
  }

  /**
   * Say goodbye to the network; a modem that does not gets its supply taken away. At once when it is off; one that is on
   * its way up is cut. Does nothing while the other user has the modem. No command may be under way. `done` comes within
   * 20 s.
   */
  off(user: RadioUser, done: () => void): void {
    if (this.state === 'off' || (this.user !== null && this.user !== user)) {
      done();
      return;
    }
    this.whenOff.push(done);
    if (this.state === 'falling') return;
    if (this.state === 'rising') {
      this.cut();
      return;
    }
    this.state = 'falling';
    this.channel.expect('NORMAL POWER DOWN', 2 * GOODBYE_WITHIN_MS, (line) => {
      if (line === null) this.cut();
      else this.rest();
    });
    // The goodbye has no final code of its own; an error means that there will be none.
    this.channel.command('AT+CPOWD=1', GOODBYE_WITHIN_MS, (result) => {
      if (result !== 'ok') this.cut();
    });
  }

  /** Nobody waits any more for a modem that is on its way up. */
  giveUp(): void {
    if (this.state === 'rising') this.cut();
  }

  /** Take the supply away at once. */
  cut(): void {
    this.wiring.supply(false);
    this.rest();
  }

  /** The modem is off, whether or not its supply is. */
  private rest(): void {
    this.ascents++;
    this.state = 'off';
    this.channel.stop();
    this.wiring.antenna(false);
    this.wiring.pwrkey(false);
    this.whenOff.splice(0).forEach((done) => {
      done();
    });
  }

  /** Switch the supply on, and go on when it has settled. */
  private feed(done: (fault: number) => void, then: () => void): void {
    this.state = 'rising';
    if (this.wiring.supply(true)) {
      this.later(SUPPLY_SETTLE_MS, then);
      return;
    }
    this.cut();
    this.later(0, () => {
      done(MODEM_SUPPLY);
    });
  }

  private press(done: (fault: number) => void): void {
    this.wiring.pwrkey(true);
    this.later(PWRKEY_ON_MS, () => {
      this.wiring.pwrkey(false);
      this.later(UART_READY_MS, () => {
        this.channel.start();
        this.greet(done);
      });
    });
  }

  private orCycle(fault: number, done: (fault: number) => void): void {
    if (fault === OK) {
      done(OK);
      return;
    }
    this.cut();
    // Off asked for in this pause must stop the second try.
    this.state = 'rising';
    this.later(SUPPLY_SETTLE_MS, () => {
      this.feed(done, () => {
        this.press((stillSilent) => {
          if (stillSilent !== OK) this.cut();
          done(stillSilent);
        });
      });
    });
  }

  /** The modem runs already: a crash has left it so, or it has restarted by itself. */
  private takeOver(done: (fault: number) => void): void {
    this.greet((fault) => {
      if (fault !== OK) {
        this.orCycle(fault, done);
        return;
      }
      this.ask(registerAnew(), () => {
        done(OK);
      });
    });
  }

  private greet(done: (fault: number) => void): void {
    this.ask(wakeUp(), (fault) => {
      if (fault === OK) this.state = 'on';
      done(fault);
    });
  }

  /** Hold a dialogue; its end is told only while this way up is under way. */
  private ask(steps: readonly Step[], done: (fault: number) => void): void {
    const ascent = this.ascents;
    runSteps(this.channel, this.clock, steps, NO_VALUES, (fault) => {
      if (this.ascents === ascent) done(fault);
    });
  }

  /** Run something later, unless the modem is switched off or on again before. */
  private later(delayMs: number, run: () => void): void {
    const ascent = this.ascents;
    this.clock.after(delayMs, () => {
      if (this.ascents === ascent) run();
    });
  }
}
