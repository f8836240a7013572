import type { Alarm, Clock } from '../clock.ts';
import { MODEM_SILENT, NO_NETWORK, OK, STREAM_STALLED } from '../faults.ts';
import type { LinkTarget } from '../link.ts';
import type { AtChannel } from './at-channel.ts';
import { dial } from './dialling.ts';
import { begin, recover } from './ladder.ts';
import type { ModemPower } from './power.ts';
import type { Stage } from './profile.ts';
import { tagOf } from './reports.ts';
import { runSteps } from './steps.ts';

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

/** What the dialogues say of the CA's file: the text itself is held by nobody. */
function describeCa(pem: string, text: Record<string, string>): void {
  text['caFile'] = `ca${tagOf(pem)}`;
  text['caLength'] = `${pem.length}`;
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
 *     ladder.ts  registration.ts         dialling.ts
 *
 * What fails is tried again from further back, rung by rung up the recovery ladder, as long as that may help:
 *
 *     socket < PDP context < radio < PWRKEY < supply
 *
 * A dead zone is no fault of the modem's, and a SIM or a certificate that is refused stays refused: these end the attempt.
 */
export class Ascent implements Attempt {
  readonly power: ModemPower;
  readonly channel: AtChannel;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly target: LinkTarget;
  readonly startedS: number;
  private done: ((fault: number) => void) | null;
  private readonly deadline: Alarm;
  /** What was under way before an interruption finds that it is over. */
  serial = 0;
  private wasLate = false;
  /** When the search that is under way began, -1 when there is none. */
  searchStartS = -1;
  dialling = false;
  /** A network has said no in the search that is under way, and meant it. */
  denied = false;

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
    this.progress = progress;
    this.target = target;
    this.startedS = this.clock.uptimeS();
    this.done = done;
    const text = power.values.text;
    text['apn'] = target.apn;
    text['host'] = target.host;
    text['port'] = `${target.port}`;
    text['pin'] = target.simPin;
    describeCa(target.caPem, text);
    // Read again when the modem wants it, which is seldom: until then it would take a tenth of the memory that is left.
    power.values.bytes['ca'] = () => target.caPem;
    this.deadline = this.clock.after(deadlineS * 1000, () => {
      power.abandon();
      power.giveUp();
      this.settle(this.searchStartS >= 0 ? NO_NETWORK : STREAM_STALLED);
    });
  }

  /** Somebody has been told how it ended. */
  get isOver(): boolean {
    return this.done === null;
  }

  interrupted(fault: number): void {
    this.serial++;
    this.fail(fault);
  }

  settle(fault: number): void {
    const done = this.done;
    if (done === null) return;
    this.done = null;
    this.chargeSearch();
    this.clock.cancel(this.deadline);
    // It would keep all of this in memory.
    this.power.values.bytes['ca'] = '';
    done(fault);
  }

  /** Hold the dialogue of a stage; a modem that has fallen silent in it is a fault of its own. */
  hold(stage: Stage, then: (fault: number) => void): void {
    const serial = this.serial;
    runSteps(this.channel, this.clock, this.power.profile.script(stage), this.power.values, (fault) => {
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
  pass(stage: Stage, then: () => void): void {
    this.hold(stage, (fault) => {
      if (fault === OK) then();
      else this.fail(fault);
    });
  }

  /** Go on from further up the ladder, where a rung may cure this fault. */
  fail(fault: number): void {
    if (this.done !== null) recover(this, fault);
  }

  /** From a modem that has registered to an open stream, with the memory that registering took. */
  dial(): void {
    const serial = this.serial;
    this.clock.after(0, () => {
      if (this.serial === serial && this.done !== null) dial(this);
    });
  }

  /** A search counts also when something has broken it off. */
  chargeSearch(): void {
    if (this.searchStartS >= 0) this.progress.searchedS += this.clock.uptimeS() - this.searchStartS;
    this.searchStartS = -1;
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
    if (ascent.isOver) return;
    if (fault === OK) begin(ascent, target.rung);
    else ascent.fail(fault);
  });
  return ascent;
}
