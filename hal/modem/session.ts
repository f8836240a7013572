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
  SIM_PIN_NEEDED,
  STREAM_CLOSED,
  STREAM_STALLED,
} from '../faults.ts';
import { type LinkTarget, RUNG_PDP, RUNG_PWRKEY, RUNG_RAIL, RUNG_SOCKET, type Search } from '../link.ts';
import { contains } from '../text.ts';
import { clockText } from '../utc.ts';
import type { AtChannel } from './at-channel.ts';
import type { ModemPower } from './power.ts';
import type { ModemProfile, Stage } from './profile.ts';
import { networkIn, numberOf, registrationIn, tagOf } from './reports.ts';
import { runSteps } from './steps.ts';

const LOOK_EVERY_MS = 5000;
/** A network that says no in this many looks in a row means it. */
const DENIALS = 2;
const SEARCH_STAGES: readonly Stage[] = ['lte-m', 'nb-iot', 'gsm', 'lte'];

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
export class ModemSession {
  readonly power: ModemPower;
  private readonly channel: AtChannel;
  private readonly clock: Clock;
  private readonly profile: ModemProfile;
  /** Where it registered last, and how it heard that network. */
  technology = 0;
  network = 0;
  rssiDbm = 0;
  sim = 0;
  searchedS = 0;
  /** What the network has told in this session, and the uptime then. */
  time: { utcS: number; uptimeS: number } | null = null;
  private target: LinkTarget | null = null;
  private targetAtS = 0;
  private done: ((fault: number) => void) | null = null;
  private deadline: Alarm = -1;
  /** Where it stands on the ladder. */
  rung = 0;
  /** Counts attempts: what an earlier one has left under way finds that it is over. */
  serial = 0;
  private pinTried = false;
  private forgotten = false;
  /** Index of the search that has found a network in this session: after a restart that comes first. */
  private found = 0;
  private denied = false;
  private wasLate = false;
  /** The new stream is being opened: what is heard of a stream is about this one. */
  dialling = false;
  private searching = false;

  constructor(power: ModemPower) {
    this.power = power;
    this.channel = power.channel;
    this.clock = power.clock;
    this.profile = power.profile;
  }

  /** Begin afresh, with the modem off. `done` gets OK when the stream is open, or the fault. */
  begin(target: LinkTarget, deadlineS: number, done: (fault: number) => void): void {
    this.rung = 0;
    this.pinTried = false;
    this.forgotten = false;
    this.found = 0;
    this.searchedS = 0;
    this.time = null;
    this.start(target, deadlineS, done);
    if (target.rung < RUNG_PWRKEY) this.up();
    else this.climb(target.rung);
  }

  /** Go on after `fault`, from one rung further up; at once with that fault when there is none. */
  resume(fault: number, target: LinkTarget, deadlineS: number, done: (fault: number) => void): void {
    this.start(target, deadlineS, done);
    this.fail(fault);
  }

  /** Something has put an end to whatever is under way. */
  interrupted(fault: number): void {
    this.serial++;
    if (this.done !== null) this.fail(fault);
  }

  /** The attempt is over; tell whoever waits for it. */
  settle(fault: number): void {
    const done = this.done;
    if (done === null) return;
    this.done = null;
    this.clock.cancel(this.deadline);
    done(fault);
  }

  private start(target: LinkTarget, deadlineS: number, done: (fault: number) => void): void {
    this.serial++;
    this.dialling = false;
    this.wasLate = false;
    this.target = target;
    this.targetAtS = this.clock.uptimeS();
    this.done = done;
    const text = this.power.values.text;
    text['apn'] = target.apn;
    text['host'] = target.host;
    text['port'] = `${target.port}`;
    text['pin'] = target.simPin;
    text['caFile'] = `ca${tagOf(target.caPem)}`;
    text['caLength'] = `${target.caPem.length}`;
    this.power.values.bytes['ca'] = target.caPem;
    this.deadline = this.clock.after(deadlineS * 1000, () => {
      this.power.abandon();
      this.power.giveUp();
      this.settle(this.searching ? NO_NETWORK : STREAM_STALLED);
    });
  }

  /** Hold the dialogue of a stage; a modem that has fallen silent in it is a fault of its own. */
  private hold(stage: Stage, then: (fault: number) => void): void {
    const serial = this.serial;
    runSteps(this.channel, this.clock, this.profile.script(stage), this.power.values, (fault) => {
      if (this.serial !== serial || this.done === null) return;
      if (fault === OK || this.channel.doubts === 0) then(fault);
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

  /** The highest rung that may cure a fault, and the one to begin with. */
  private fail(fault: number): void {
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
    const next = Math.max(first, this.rung + 1);
    if (next > last) {
      this.settle(fault);
      return;
    }
    this.power.recoveries.push(next, fault);
    this.climb(next);
  }

  private climb(rung: number): void {
    this.rung = rung;
    this.dialling = false;
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
    const target = this.target as LinkTarget;
    this.hold('sim', (fault) => {
      if (fault === SIM_PIN_NEEDED && target.simPin !== '' && !this.pinTried) {
        this.pinTried = true;
        this.pass('pin', () => {
          this.unlock();
        });
      } else if (fault !== OK) {
        this.fail(fault);
      } else if (target.clearForbidden && !this.forgotten) {
        this.forgotten = true;
        this.pass('forget', () => {
          this.unlock();
        });
      } else {
        this.sim = tagOf(this.power.values.text['iccid'] || '') & 65535;
        this.denied = false;
        this.search(this.found);
      }
    });
  }

  private search(index: number): void {
    const searches = (this.target as LinkTarget).searches;
    this.searching = index < searches.length;
    if (!this.searching) {
      this.settle(this.denied ? REGISTRATION_DENIED : NO_NETWORK);
      return;
    }
    const search = searches[index];
    const startS = this.clock.uptimeS();
    this.power.values.text['network'] = `${search.network}`;
    this.pass(SEARCH_STAGES[search.technology - 1], () => {
      this.hold(search.network > 0 ? 'by-hand' : 'automatic', () => {
        this.look(search, startS, 0, (found) => {
          this.searchedS += this.clock.uptimeS() - startS;
          if (!found) {
            this.search(index + 1);
            return;
          }
          this.searching = false;
          this.found = index;
          this.technology = search.technology;
          this.hold('where', () => {
            this.locate();
            this.dial();
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
    this.network = networkIn(operator);
    this.technology = this.profile.technologyOf(numberOf(operator, 3)) || this.technology;
    const signal = numberOf(text['signal'] || '', 0);
    // 27.007, 8.5: -113 dBm and 2 dB a step; 99 unknown.
    this.rssiDbm = signal >= 0 && signal < 32 ? 2 * signal - 113 : 0;
  }

  private dial(): void {
    this.pass('data', () => {
      this.hold('clock', (fault) => {
        const utcS = this.profile.utcIn(this.power.values.text['clock'] || '');
        if (fault === OK && utcS !== null) {
          this.time = { utcS, uptimeS: this.clock.uptimeS() };
          this.connect();
        } else if (fault === CLOCK_UNKNOWN || fault === OK) {
          this.tellTime();
        } else {
          this.fail(fault);
        }
      });
    });
  }

  /** No certificate can be checked without the date: the tracker's own will do, or a time server's. */
  private tellTime(): void {
    const target = this.target as LinkTarget;
    if (target.utcS === null) {
      this.pass('ntp', () => {
        this.connect();
      });
      return;
    }
    const now = target.utcS + this.clock.uptimeS() - this.targetAtS;
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
