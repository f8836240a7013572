import {
  MODEM_SILENT,
  NO_NETWORK,
  OK,
  REGISTRATION_DENIED,
  SIM_MISSING,
  SIM_PIN_NEEDED,
  SIM_PIN_WRONG,
  SIM_PUK,
} from '../faults.ts';
import type { Search } from '../link.ts';
import type { Ascent } from './ascent.ts';
import { ACTIVE_BITS, grantedTauS, tauBits } from './power-saving.ts';
import type { Stage } from './profile.ts';
import { networkIn, numberOf, registrationIn, tagOf } from './reports.ts';

const LOOK_EVERY_MS = 5000;
/** A network that says no in this many looks in a row means it. */
const DENIALS = 2;
const SEARCH_STAGES: readonly Stage[] = ['lte-m', 'nb-iot', 'gsm', 'lte'];

/** Look whether the modem has registered: 2G shows in CGREG, the others in CEREG. */
function look(
  ascent: Ascent,
  search: Search,
  startS: number,
  denials: number,
  done: (found: boolean) => void,
): void {
  const clock = ascent.clock;
  const serial = ascent.serial;
  const readIn = (command: string, then: (stat: number) => void): void => {
    ascent.channel.command(command, 5000, (_result, lines) => {
      if (ascent.serial === serial) then(lines.length > 0 ? registrationIn(lines[lines.length - 1]) : 0);
    });
  };
  readIn('AT+CEREG?', (lte) => {
    readIn('AT+CGREG?', (gprs) => {
      const home = lte === 1 || lte === 5 || gprs === 1 || gprs === 5;
      const no = lte === 3 || gprs === 3 ? denials + 1 : 0;
      if (no >= DENIALS) ascent.denied = true;
      if (ascent.channel.doubts > 0) {
        ascent.fail(MODEM_SILENT);
      } else if (home || no >= DENIALS || clock.uptimeS() - startS >= search.withinS) {
        done(home);
      } else {
        clock.after(LOOK_EVERY_MS, () => {
          if (ascent.serial === serial && !ascent.isOver) look(ascent, search, startS, no, done);
        });
      }
    });
  });
}

/** Where the modem has registered. */
function locate(ascent: Ascent): void {
  const text = ascent.power.values.text;
  const progress = ascent.progress;
  const operator = text['operator'] || '';
  progress.network = networkIn(operator);
  progress.technology = ascent.power.profile.technologyOf(numberOf(operator, 3)) || progress.technology;
  const signal = numberOf(text['signal'] || '', 0);
  // 27.007, 8.5: -113 dBm and 2 dB a step; 99 unknown.
  progress.rssiDbm = signal >= 0 && signal < 32 ? 2 * signal - 113 : 0;
  text['operator'] = '';
  text['signal'] = '';
}

function savePower(ascent: Ascent): void {
  const powerSavingS = ascent.target.powerSavingS;
  if (powerSavingS === 0) {
    ascent.dial();
    return;
  }
  const text = ascent.power.values.text;
  text['tau'] = tauBits(powerSavingS);
  text['active'] = ACTIVE_BITS;
  text['granted'] = '';
  ascent.hold('save-power', () => {
    ascent.progress.powerSavingS = grantedTauS(text['granted'] || '');
    ascent.dial();
  });
}

function searchFrom(ascent: Ascent, index: number): void {
  const searches = ascent.target.searches;
  const text = ascent.power.values.text;
  ascent.chargeSearch();
  if (index >= searches.length) {
    ascent.settle(ascent.denied ? REGISTRATION_DENIED : NO_NETWORK);
    return;
  }
  const search = searches[index];
  const startS = ascent.clock.uptimeS();
  ascent.searchStartS = startS;
  text['network'] = `${search.network}`;
  ascent.pass(SEARCH_STAGES[search.technology - 1], () => {
    ascent.hold(search.network > 0 ? 'by-hand' : 'automatic', () => {
      look(ascent, search, startS, 0, (found) => {
        if (!found) {
          searchFrom(ascent, index + 1);
          return;
        }
        ascent.chargeSearch();
        ascent.progress.found = index;
        ascent.progress.technology = search.technology;
        ascent.hold('where', () => {
          locate(ascent);
          savePower(ascent);
        });
      });
    });
  });
}

function ready(ascent: Ascent): void {
  const progress = ascent.progress;
  if (ascent.target.clearForbidden && !progress.forgotten) {
    progress.forgotten = true;
    ascent.pass('forget', () => {
      register(ascent);
    });
    return;
  }
  progress.sim = tagOf(ascent.power.values.text['iccid'] || '') & 65535;
  ascent.denied = false;
  searchFrom(ascent, progress.found);
}

/** Whether it was the right one, only the SIM can say: one that took its time may have taken the PIN all the same. */
function enterPin(ascent: Ascent): void {
  ascent.progress.pinTried = true;
  ascent.hold('pin', (fault) => {
    if (fault === SIM_PIN_WRONG || fault === SIM_PUK) {
      ascent.fail(fault);
      return;
    }
    if (fault !== OK) ascent.progress.pinFault = ascent.channel.doubts > 0 ? SIM_PIN_WRONG : SIM_MISSING;
    register(ascent);
  });
}

/**
 * From a modem that answers to one that has registered, and on from there. The SIM's PIN is tried once, ever; the caller
 * leaves it out when it was refused before.
 */
export function register(ascent: Ascent): void {
  const progress = ascent.progress;
  ascent.hold('sim', (fault) => {
    if (fault === SIM_PIN_NEEDED && ascent.target.simPin !== '' && !progress.pinTried) {
      enterPin(ascent);
    } else if (fault !== OK) {
      ascent.fail(fault === SIM_PIN_NEEDED && progress.pinFault !== OK ? progress.pinFault : fault);
    } else {
      // A modem that restarts asks again, and the PIN is known to be right.
      progress.pinTried = false;
      progress.pinFault = OK;
      ready(ascent);
    }
  });
}
