import type { Alarm, Clock } from '../clock.ts';
import {
  CLOCK_UNKNOWN,
  HOST_UNKNOWN,
  HOST_UNREACHABLE,
  MODEM_FIRMWARE,
  MODEM_REFUSED,
  MODEM_RESTARTED,
  MODEM_SILENT,
  NO_DATA_CONTEXT,
  NO_NETWORK,
  OK,
  REGISTRATION_DENIED,
  SIM_MISSING,
  SIM_PIN_NEEDED,
  SIM_PIN_WRONG,
  SIM_PUK,
  STREAM_CLOSED,
  STREAM_STALLED,
} from '../faults.ts';
import { type LinkTarget, RUNG_PDP, RUNG_PWRKEY, RUNG_RAIL, RUNG_SOCKET, type Search } from '../link.ts';
import { contains } from '../text.ts';
import { clockText } from '../utc.ts';
import type { AtChannel } from './at-channel.ts';
import type { ModemPower } from './power.ts';
import { ACTIVE_BITS, grantedTauS, tauBits } from './power-saving.ts';
import type { ModemProfile, Stage } from './profile.ts';
import { networkIn, numberOf, registrationIn, tagOf } from './reports.ts';
import { runSteps } from './steps.ts';

const LOOK_EVERY_MS = 5000;
/** A network that says no in this many looks in a row means it. */
const DENIALS = 2;
const SEARCH_STAGES: readonly Stage[] = ['lte-m', 'nb-iot', 'gsm', 'lte'];

/** How far a radio session has come, over all attempts at a stream. */
export interface Progress {
  /** Where it registered last, and how it heard that network. */
  technology: number;
  network: number;
  rssiDbm: number;
  sim: number;
  searchedS: number;
  /** Seconds between contacts that the network has granted; 0: the modem is to be switched off. */
  powerSavingS: number;
  /** What the network has told in this session, and the uptime then. */
  time: { utcS: number; uptimeS: number } | null;
  /** Where it stands on the recovery ladder. */
  rung: number;
  /** The PIN has been sent since the SIM was ready last, and what became of it if that was not clear. */
  pinTried: boolean;
  pinFault: number;
  forgotten: boolean;
  /** Index of the search that has found a network: after a restart that comes first. */
  found: number;
}

export function noProgress(): Progress {
  return {
    technology: 0,
    network: 0,
    rssiDbm: 0,
    sim: 0,
    searchedS: 0,
    powerSavingS: 0,
    time: null,
    rung: 0,
    pinTried: false,
    pinFault: OK,
    forgotten: false,
    found: 0,
  };
}

/** An attempt at a stream that is under way. */
export interface Attempt {
  /** The new stream is being opened: what is heard of a stream is about this one. */
  readonly dialling: boolean;
  /** Something has put an end to whatever is under way. */
  interrupted(fault: number): void;
  /** The attempt is over; tell whoever waits for it. */
  settle(fault: number): void;
}

/**
 * The way from a modem that is off to an open stream:
 *
 *     power -> SIM -> search -> where -> data -> clock -> secure -> open
 *
 * What fails is tried again from further back, rung by rung up the recovery ladder, as long as that may help:
 *
 *     socket < PDP context < radio < PWRKEY < supply
 *
 * A dead zone is no fault of the modem's, and a SIM or a certificate that is refused stays refused: these end the attempt.
 */
class Ascent implements Attempt {
  private readonly power: ModemPower;
  private readonly channel: AtChannel;
  private readonly clock: Clock;
  private readonly profile: ModemProfile;
  private readonly progress: Progress;
  private readonly target: LinkTarget;
  private readonly startedS: number;
  private done: ((fault: number) => void) | null;
  private readonly deadline: Alarm;
  /** What was under way before an interruption finds that it is over. */
  private serial = 0;
  private denied = false;
  private wasLate = false;
  /** When the search that is under way began, -1 when there is none. */
  private searchStartS = -1;
  dialling = false;

  constructor(
    power: ModemPower,
    progress: Progress,
    target: LinkTarget,
    deadlineS: number,
    done: (fault: number) => void,
  ) {
    this.power = power;
    this.channel = power.channel;
    this.clock = power.clock;
    this.profile = power.profile;
    this.progress = progress;
    this.target = target;
    this.startedS = this.clock.uptimeS();
    this.done = done;
    const text = power.values.text;
    const ca = target.caPem;
    text['apn'] = target.apn;
    text['host'] = target.host;
    text['port'] = `${target.port}`;
    text['pin'] = target.simPin;
    text['caFile'] = `ca${tagOf(ca)}`;
    text['caLength'] = `${ca.length}`;
    // Read again when the modem wants it, which is seldom: until then it would take a tenth of the memory that is left.
    power.values.bytes['ca'] = () => target.caPem;
    this.deadline = this.clock.after(deadlineS * 1000, () => {
      power.abandon();
      power.giveUp();
      this.settle(this.searchStartS >= 0 ? NO_NETWORK : STREAM_STALLED);
    });
  }

  /** From the modem that is off, or from that rung of the ladder. */
  begin(rung: number): void {
    if (this.done === null) return;
    if (rung < RUNG_PWRKEY) this.up();
    else this.climb(rung);
  }

  interrupted(fault: number): void {
    this.serial++;
    if (this.done !== null) this.fail(fault);
  }

  settle(fault: number): void {
    const done = this.done;
    if (done === null) return;
    this.done = null;
    this.chargeSearch();
    this.clock.cancel(this.deadline);
    done(fault);
  }

  /** Hold the dialogue of a stage; a modem that has fallen silent in it is a fault of its own. */
  private hold(stage: Stage, then: (fault: number) => void): void {
    const serial = this.serial;
    runSteps(this.channel, this.clock, this.profile.script(stage), this.power.values, (fault) => {
      if (this.serial !== serial || this.done === null) return;
      // Who waits for a network by hand has waited long enough; a PIN is never sent twice.
      const isOnce = stage === 'pin' || stage === 'by-hand' || stage === 'automatic';
      if (fault === OK || this.channel.doubts === 0 || isOnce) then(fault);
      else this.holdAgain(stage, then);
    });
  }

  /** A modem that has let a deadline pass and then answers again is only slow: the same dialogue once more. */
  private holdAgain(stage: Stage, then: (fault: number) => void): void {
    const serial = this.serial;
    const secondTry = !this.wasLate;
    this.wasLate = true;
    this.channel.command('ATE0', 5000, (result) => {
      if (this.serial !== serial || this.done === null) return;
      if (result === 'ok' && secondTry) this.hold(stage, then);
      else then(MODEM_SILENT);
    });
  }

  /** As `hold`, where only one outcome leads on. */
  private pass(stage: Stage, then: () => void): void {
    this.hold(stage, (fault) => {
      if (fault === OK) then();
      else this.fail(fault);
    });
  }

  /** Go on from further up the ladder, where a rung may cure this fault. */
  fail(fault: number): void {
    if (this.done === null) return;
    let first = RUNG_SOCKET;
    let last = 0;
    switch (fault) {
      case HOST_UNREACHABLE:
      case HOST_UNKNOWN:
        last = RUNG_PDP;
        break;
      case NO_DATA_CONTEXT:
        first = RUNG_PDP;
        last = RUNG_PDP;
        break;
      case STREAM_CLOSED:
      case STREAM_STALLED:
        last = RUNG_RAIL;
        break;
      case MODEM_REFUSED:
      case MODEM_SILENT:
      case MODEM_RESTARTED:
        first = RUNG_PWRKEY;
        last = RUNG_RAIL;
        break;
      default:
        break;
    }
    if (last > 0 && this.power.state !== 'on') first = RUNG_PWRKEY;
    if (this.power.wiring.supply === null) last = Math.min(last, RUNG_PWRKEY);
    const next = Math.max(first, this.progress.rung + 1);
    if (next > last) {
      this.settle(fault);
      return;
    }
    this.power.recoveries.push(next, fault);
    this.climb(next);
  }

  /** A search counts also when something has broken it off. */
  private chargeSearch(): void {
    if (this.searchStartS >= 0) this.progress.searchedS += this.clock.uptimeS() - this.searchStartS;
    this.searchStartS = -1;
  }

  private climb(rung: number): void {
    this.progress.rung = rung;
    this.dialling = false;
    this.chargeSearch();
    if (rung >= RUNG_PWRKEY) {
      this.power.restart(rung, (fault) => {
        this.upWith(fault);
      });
      return;
    }
    this.hold('hang-up', () => {
      if (rung === RUNG_SOCKET) this.connect();
      else
        this.hold('detach', () => {
          if (rung === RUNG_PDP) this.dial();
          else
            this.pass('reset', () => {
              this.unlock();
            });
        });
    });
  }

  private up(): void {
    this.power.on((fault) => {
      this.upWith(fault);
    });
  }

  private upWith(fault: number): void {
    if (this.done === null) return;
    if (fault !== OK) {
      // Power has had its own second try; a rail that is stuck stays stuck.
      this.settle(fault);
      return;
    }
    const unusable = this.profile.unusable;
    const firmware = this.power.values.text['firmware'] || '';
    for (let i = 0; i < unusable.length; i++) {
      if (!contains(firmware, unusable[i])) continue;
      this.settle(MODEM_FIRMWARE);
      return;
    }
    this.unlock();
  }

  /** The SIM: its PIN is tried once, ever; the caller leaves it out when it was refused before. */
  private unlock(): void {
    const target = this.target;
    this.hold('sim', (fault) => {
      if (fault === SIM_PIN_NEEDED && target.simPin !== '' && !this.progress.pinTried) {
        this.enterPin();
      } else if (fault !== OK) {
        this.fail(fault === SIM_PIN_NEEDED && this.progress.pinFault !== OK ? this.progress.pinFault : fault);
      } else {
        // A modem that restarts asks again, and the PIN is known to be right.
        this.progress.pinTried = false;
        this.progress.pinFault = OK;
        this.ready();
      }
    });
  }

  private ready(): void {
    if (this.target.clearForbidden && !this.progress.forgotten) {
      this.progress.forgotten = true;
      this.pass('forget', () => {
        this.unlock();
      });
      return;
    }
    this.progress.sim = tagOf(this.power.values.text['iccid'] || '') & 65535;
    this.denied = false;
    this.search(this.progress.found);
  }

  /** Whether it was the right one, only the SIM can say: one that took its time may have taken the PIN all the same. */
  private enterPin(): void {
    this.progress.pinTried = true;
    this.hold('pin', (fault) => {
      if (fault === SIM_PIN_WRONG || fault === SIM_PUK) {
        this.fail(fault);
        return;
      }
      if (fault !== OK) this.progress.pinFault = this.channel.doubts > 0 ? SIM_PIN_WRONG : SIM_MISSING;
      this.unlock();
    });
  }

  private search(index: number): void {
    const searches = this.target.searches;
    this.chargeSearch();
    if (index >= searches.length) {
      this.settle(this.denied ? REGISTRATION_DENIED : NO_NETWORK);
      return;
    }
    const search = searches[index];
    const startS = this.clock.uptimeS();
    this.searchStartS = startS;
    this.power.values.text['network'] = `${search.network}`;
    this.pass(SEARCH_STAGES[search.technology - 1], () => {
      this.hold(search.network > 0 ? 'by-hand' : 'automatic', () => {
        this.look(search, startS, 0, (found) => {
          if (!found) {
            this.search(index + 1);
            return;
          }
          this.chargeSearch();
          this.progress.found = index;
          this.progress.technology = search.technology;
          this.power.values.text['operator'] = '';
          this.power.values.text['signal'] = '';
          this.hold('where', () => {
            this.locate();
            this.savePower();
          });
        });
      });
    });
  }

  /** Look whether the modem has registered: 2G shows in CGREG, the others in CEREG. */
  private look(search: Search, startS: number, denials: number, done: (found: boolean) => void): void {
    const serial = this.serial;
    const readIn = (command: string, then: (stat: number) => void): void => {
      this.channel.command(command, 5000, (_result, lines) => {
        if (this.serial === serial) then(lines.length > 0 ? registrationIn(lines[lines.length - 1]) : 0);
      });
    };
    readIn('AT+CEREG?', (lte) => {
      readIn('AT+CGREG?', (gprs) => {
        const home = lte === 1 || lte === 5 || gprs === 1 || gprs === 5;
        const no = lte === 3 || gprs === 3 ? denials + 1 : 0;
        if (no >= DENIALS) this.denied = true;
        if (this.channel.doubts > 0) {
          this.fail(MODEM_SILENT);
        } else if (home || no >= DENIALS || this.clock.uptimeS() - startS >= search.withinS) {
          done(home);
        } else {
          this.clock.after(LOOK_EVERY_MS, () => {
            if (this.serial === serial && this.done !== null) this.look(search, startS, no, done);
          });
        }
      });
    });
  }

  private locate(): void {
    const text = this.power.values.text;
    const operator = text['operator'] || '';
    this.progress.network = networkIn(operator);
    this.progress.technology = this.profile.technologyOf(numberOf(operator, 3)) || this.progress.technology;
    const signal = numberOf(text['signal'] || '', 0);
    // 27.007, 8.5: -113 dBm and 2 dB a step; 99 unknown.
    this.progress.rssiDbm = signal >= 0 && signal < 32 ? 2 * signal - 113 : 0;
  }

  private savePower(): void {
    if (this.target.powerSavingS === 0) {
      this.dial();
      return;
    }
    const text = this.power.values.text;
    text['tau'] = tauBits(this.target.powerSavingS);
    text['active'] = ACTIVE_BITS;
    text['granted'] = '';
    this.hold('save-power', () => {
      this.progress.powerSavingS = grantedTauS(text['granted'] || '');
      this.dial();
    });
  }

  private dial(): void {
    this.pass('data', () => {
      this.askTime(true);
    });
  }

  /** What time the modem has; a time server is asked once. */
  private askTime(mayAsk: boolean): void {
    this.hold('clock', (fault) => {
      if (fault !== OK && fault !== CLOCK_UNKNOWN) this.fail(fault);
      else if (fault === OK && this.knowsTime()) this.connect();
      else if (mayAsk) this.tellTime();
      else this.fail(CLOCK_UNKNOWN);
    });
  }

  /** Take over the time that the last dialogue has brought, if it is one. */
  private knowsTime(): boolean {
    const utcS = this.profile.utcIn(this.power.values.text['clock'] || '');
    if (utcS !== null) this.progress.time = { utcS, uptimeS: this.clock.uptimeS() };
    return utcS !== null;
  }

  /** No certificate can be checked without the date: the tracker's own will do, or a time server's. */
  private tellTime(): void {
    const target = this.target;
    if (target.utcS === null) {
      this.pass('ntp', () => {
        if (this.knowsTime()) this.connect();
        else this.askTime(false);
      });
      return;
    }
    const now = target.utcS + this.clock.uptimeS() - this.startedS;
    this.power.values.text['clock'] = clockText(Math.floor(now));
    this.pass('set-clock', () => {
      this.connect();
    });
  }

  private connect(): void {
    this.pass('secure', () => {
      this.dialling = true;
      this.pass('open', () => {
        this.settle(OK);
      });
    });
  }
}

/**
 * Try to open a stream, afresh with the modem off, or behind `fault` from one rung further up the ladder than before. `done`
 * gets OK when the stream is open, or the fault; at once with `fault` when the ladder has no more rungs. All that this
 * needs takes memory only while it is under way.
 */
export function ascend(
  power: ModemPower,
  progress: Progress,
  target: LinkTarget,
  deadlineS: number,
  fault: number,
  done: (fault: number) => void,
): Attempt {
  const ascent = new Ascent(power, progress, target, deadlineS, done);
  power.clock.after(0, () => {
    if (fault === OK) ascent.begin(target.rung);
    else ascent.fail(fault);
  });
  return ascent;
}
