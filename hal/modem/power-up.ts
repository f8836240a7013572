import { MODEM_SUPPLY, OK } from '../faults.ts';
import { RUNG_PWRKEY, RUNG_RAIL } from '../link.ts';
import type { ModemPower } from './power.ts';

/** A supply that was cut stays off for long enough to empty what is charged behind it. */
const CUT_MS = 1000;

/** Switch the supply on, and go on when it has settled. */
function feed(modem: ModemPower, done: (fault: number) => void, then: () => void): void {
  modem.state = 'rising';
  const supply = modem.wiring.supply;
  if (supply === null || supply(true)) {
    modem.later(modem.profile.power.settle, then);
    return;
  }
  modem.cut();
  modem.later(0, () => {
    done(MODEM_SUPPLY);
  });
}

function greet(modem: ModemPower, done: (fault: number) => void): void {
  modem.channel.start();
  modem.ask('wake', (fault) => {
    if (fault === OK) {
      modem.state = 'on';
      modem.isHeard = true;
    }
    done(fault);
  });
}

/** What PWRKEY has not woken is given one more try. */
function orAgain(modem: ModemPower, fault: number, done: (fault: number) => void): void {
  if (fault === OK) {
    done(OK);
    return;
  }
  const power = modem.profile.power;
  const supply = modem.wiring.supply;
  modem.recoveries.push(supply === null ? RUNG_PWRKEY : RUNG_RAIL, fault);
  modem.channel.stop();
  if (supply !== null) supply(false);
  modem.later(supply === null ? power.gone : CUT_MS, () => {
    feed(modem, done, () => {
      modem.press(power.on, power.ready, () => {
        greet(modem, (stillSilent) => {
          if (stillSilent !== OK) modem.cut();
          done(stillSilent);
        });
      });
    });
  });
}

/**
 * The modem runs already: a crash has left it so, or it has restarted by itself. It may have registered without being
 * asked for network time, and would never get it: start over.
 */
function takeOver(modem: ModemPower, done: (fault: number) => void): void {
  greet(modem, (fault) => {
    if (fault === OK)
      modem.ask('reset', () => {
        done(OK);
      });
    else orAgain(modem, fault, done);
  });
}

/** Bring up a modem that is not up, as ModemPower.on says. */
export function bringUp(modem: ModemPower, done: (fault: number) => void): void {
  feed(modem, done, () => {
    modem.channel.start();
    modem.ask('probe', (silent) => {
      const power = modem.profile.power;
      if (silent === OK) takeOver(modem, done);
      else
        modem.press(power.on, power.ready, () => {
          greet(modem, (fault) => orAgain(modem, fault, done));
        });
    });
  });
}

/** Off and on again, as ModemPower.restart says. */
export function startOver(modem: ModemPower, rung: number, done: (fault: number) => void): void {
  const power = modem.profile.power;
  const supply = modem.wiring.supply;
  modem.ascents++;
  modem.channel.stop();
  modem.state = 'rising';
  const again = (): void => {
    modem.state = 'off';
    modem.on(done);
  };
  if (rung === RUNG_RAIL && supply !== null) {
    supply(false);
    modem.later(CUT_MS, again);
  } else {
    modem.press(power.off, power.gone, again);
  }
}
