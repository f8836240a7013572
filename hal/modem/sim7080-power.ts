import type { Clock } from '../clock.ts';
import { MODEM_SUPPLY, OK } from '../faults.ts';
import type { AtChannel } from './at-channel.ts';
import { PWRKEY_ON_MS, SUPPLY_SETTLE_MS, UART_READY_MS, WAKE_UP } from './sim7080-profile.ts';
import { runSteps, type Values } from './steps.ts';

/** What the board can do to the modem from outside. */
export interface ModemWiring {
  /** The modem's supply rail; false when it could not be switched. */
  supply(on: boolean): boolean;
  pwrkey(pressed: boolean): void;
  /** The supply of the active GNSS antenna. */
  antenna(on: boolean): boolean;
}

const NO_VALUES: Values = { text: {}, bytes: {} };

/** The modem between rail off and answering to AT, and back. */
export class ModemPower {
  up = false;
  private readonly channel: AtChannel;
  private readonly clock: Clock;
  private readonly wiring: ModemWiring;

  constructor(channel: AtChannel, clock: Clock, wiring: ModemWiring) {
    this.channel = channel;
    this.clock = clock;
    this.wiring = wiring;
  }

  /** Bring the modem up; at once when it is up. The rail is cycled first: PWRKEY toggles, and a known state beats a guess. */
  on(done: (fault: number) => void): void {
    if (this.up) {
      done(OK);
      return;
    }
    const wiring = this.wiring;
    wiring.supply(false);
    this.clock.after(SUPPLY_SETTLE_MS, () => {
      if (!wiring.supply(true)) {
        done(MODEM_SUPPLY);
        return;
      }
      this.up = true;
      this.clock.after(SUPPLY_SETTLE_MS, () => {
        wiring.pwrkey(true);
        this.clock.after(PWRKEY_ON_MS, () => {
          wiring.pwrkey(false);
          this.clock.after(UART_READY_MS, () => {
            this.channel.start();
            runSteps(this.channel, this.clock, WAKE_UP, NO_VALUES, done);
          });
        });
      });
    });
  }

  /** Say goodbye to the network, then take the supply away; at once when it is off. */
  off(done: () => void): void {
    if (!this.up) {
      done();
      return;
    }
    this.channel.expect('NORMAL POWER DOWN', 10000, () => {
      this.up = false;
      this.channel.stop();
      this.wiring.antenna(false);
      this.wiring.supply(false);
      done();
    });
    this.channel.command('AT+CPOWD=1', 9000, () => {});
  }
}
