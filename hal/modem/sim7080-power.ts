import type { Clock } from '../clock.ts';
import { MODEM_SUPPLY, OK } from '../faults.ts';
import type { AtChannel } from './at-channel.ts';
import { PWRKEY_ON_MS, SUPPLY_SETTLE_MS, UART_READY_MS, wakeUp } from './sim7080-profile.ts';
import { runSteps, type Values } from './steps.ts';

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

  /** Bring the modem up; nothing to do when it is up. The rail is cycled first: PWRKEY toggles, and a known state beats a guess. */
  on(done: (fault: number) => void): void {
    if (this.state === 'on') {
      this.later(0, () => {
        done(OK);
      });
      return;
    }
    this.cut();
    this.state = 'rising';
    this.later(SUPPLY_SETTLE_MS, () => {
      if (this.wiring.supply(true)) {
        this.press(done);
      } else {
        this.cut();
        done(MODEM_SUPPLY);
      }
    });
  }

  /**
   * Say goodbye to the network, then take the supply away; at once when it is off or not up yet. Does nothing while the
   * other user has the modem. No command may be under way. `done` comes within 20 s.
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
    const cut = (): void => {
      this.cut();
    };
    this.channel.expect('NORMAL POWER DOWN', 2 * GOODBYE_WITHIN_MS, cut);
    this.channel.command('AT+CPOWD=1', GOODBYE_WITHIN_MS, (result) => {
      if (result !== 'ok') cut();
    });
  }

  /** Nobody waits any more for a modem that is on its way up. */
  giveUp(): void {
    if (this.state === 'rising') this.cut();
  }

  /** Take the supply away at once. */
  cut(): void {
    this.ascents++;
    this.state = 'off';
    this.channel.stop();
    this.wiring.antenna(false);
    this.wiring.pwrkey(false);
    this.wiring.supply(false);
    this.whenOff.splice(0).forEach((done) => {
      done();
    });
  }

  private press(done: (fault: number) => void): void {
    this.later(SUPPLY_SETTLE_MS, () => {
      this.wiring.pwrkey(true);
      this.later(PWRKEY_ON_MS, () => {
        this.wiring.pwrkey(false);
        this.later(UART_READY_MS, () => {
          this.wakeUp(done);
        });
      });
    });
  }

  private wakeUp(done: (fault: number) => void): void {
    this.channel.start();
    runSteps(this.channel, this.clock, wakeUp(), NO_VALUES, (fault) => {
      // A modem that does not wake up is cured by nothing but its supply.
      if (fault === OK) this.state = 'on';
      else this.cut();
      done(fault);
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
