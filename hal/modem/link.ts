import type { Alarm, Clock } from '../clock.ts';
import {
  CA_TOO_LARGE,
  MODEM_REFUSED,
  MODEM_RESTARTED,
  MODEM_SILENT,
  OK,
  STREAM_CLOSED,
  STREAM_STALLED,
  TLS_NO_CA,
} from '../faults.ts';
import { type Link, type LinkReport, type LinkTarget, RUNG_SOCKET } from '../link.ts';
import { type Attempt, ascend, noProgress, type Progress } from './ascent.ts';
import type { AtChannel } from './at-channel.ts';
import type { ModemPower } from './power.ts';
import type { ModemProfile } from './profile.ts';
import { numberOf } from './reports.ts';

import { runSteps } from './steps.ts';

/** More at a time and the ESP32's UART may lose the end of the burst. */
const MAX_RECEIVE = 512;
const SEND_WITHIN_MS = 15000;
const RECEIVE_WITHIN_MS = 10000;
/** A send that waits behind a receive and then runs into its own deadline takes no longer than the contract allows. */
const SEND_IN_ALL_MS = 20000;
/** Closing by the book; what is left of the contract's 40 s is for switching off. */
const CLOSE_WITHIN_MS = 10000;

/** One TLS stream through a modem's own socket. */
export class ModemLink implements Link {
  readonly maxSend: number;
  readonly technologies: readonly number[];
  private readonly power: ModemPower;
  private readonly profile: ModemProfile;
  private readonly channel: AtChannel;
  private readonly clock: Clock;
  private progress: Progress = noProgress();
  /** What is on its way to an open stream; null when nothing is. */
  private attempt: Attempt | null = null;
  /** Counts streams: what an earlier one has left under way finds that it is over. */
  private serial = 0;
  /** `over`: an open that failed, or a stream that ended; only `open` and `close` lead on from there. */
  private phase: 'idle' | 'opening' | 'open' | 'over' | 'closing' = 'idle';
  /** Why the last stream ended, or could not be opened. */
  private lastFault = OK;
  private bytes = 0;
  /** A command of ours is under way; reads and sends take turns. */
  private busy = false;
  private dataWaits = false;
  /** The far side has closed; what it sent before may still have to be read. */
  private peerClosed = false;
  private outgoing: Uint8Array | null = null;
  private sent: ((ok: boolean) => void) | null = null;
  private sendDeadline: Alarm = -1;
  private readonly whenClosed: (() => void)[] = [];
  private onBytes: (bytes: string) => void = () => {};
  private onClosed: () => void = () => {};

  constructor(power: ModemPower) {
    this.power = power;
    this.profile = power.profile;
    this.channel = power.channel;
    this.clock = power.clock;
    this.maxSend = power.profile.maxSend;
    this.technologies = power.profile.technologies;
  }

  networkTime(): { utcS: number; uptimeS: number } | null {
    return this.progress.time;
  }

  report(): LinkReport {
    const progress = this.progress;
    return {
      technology: progress.technology,
      network: progress.network,
      rssiDbm: progress.rssiDbm,
      sim: progress.sim,
      searchedS: Math.floor(progress.searchedS),
      powerSavingS: progress.powerSavingS,
      bytes: this.bytes,
      recoveries: this.power.recoveries,
    };
  }

  open(
    target: LinkTarget,
    deadlineS: number,
    opened: (fault: number) => void,
    onBytes: (bytes: string) => void,
    onClosed: () => void,
  ): void {
    const refusal = this.refusal(target);
    if (refusal !== OK) {
      this.clock.after(0, () => {
        opened(refusal);
      });
      return;
    }
    const isAgain = this.phase !== 'idle';
    const before = this.lastFault === OK ? STREAM_STALLED : this.lastFault;
    this.phase = 'opening';
    this.serial++;
    this.busy = false;
    this.dataWaits = false;
    this.peerClosed = false;
    this.onBytes = onBytes;
    this.onClosed = onClosed;
    if (isAgain) {
      this.power.abandon();
      this.finishSend(false);
    } else {
      this.bytes = 0;
      this.progress = noProgress();
    }
    const fault = isAgain ? before : OK;
    this.attempt = ascend(this.power, this.progress, target, deadlineS, fault, (outcome) => {
      this.attempt = null;
      this.lastFault = outcome;
      if (this.isIn('opening')) this.phase = outcome === OK ? 'open' : 'over';
      opened(outcome);
      this.pump();
    });
  }

  /** Why there can be no stream; OK when there can. Without a CA a modem trusts every server. */
  private refusal(target: LinkTarget): number {
    if (target.caPem === '') return TLS_NO_CA;
    if (target.caPem.length > this.profile.longestCa) return CA_TOO_LARGE;
    if (this.phase === 'over' || this.phase === 'open') return OK;
    return this.phase === 'idle' && this.power.take('link') ? OK : MODEM_REFUSED;
  }

  send(bytes: Uint8Array, done: (ok: boolean) => void): void {
    if (!this.isIn('open') || this.sent !== null || bytes.length === 0 || bytes.length > this.maxSend) {
      this.clock.after(0, () => {
        done(false);
      });
      return;
    }
    this.outgoing = bytes;
    this.sent = done;
    this.sendDeadline = this.clock.after(SEND_IN_ALL_MS, () => {
      this.failSend();
    });
    this.pump();
  }

  close(done: () => void): void {
    if (this.phase === 'idle') {
      this.power.off('link', done);
      return;
    }
    this.whenClosed.push(done);
    if (this.phase === 'closing') return;
    const wasOpen = this.phase === 'open';
    this.phase = 'closing';
    this.power.abandon();
    if (this.attempt !== null) this.attempt.settle(STREAM_CLOSED);
    this.finishSend(false);
    if (!wasOpen) {
      this.switchOff();
      return;
    }
    const limit = this.clock.after(CLOSE_WITHIN_MS, () => {
      this.power.abandon();
      this.switchOff();
    });
    const steps = this.profile.script('hang-up').concat(this.profile.script('detach'));
    runSteps(this.channel, this.clock, steps, this.power.values, () => {
      this.clock.cancel(limit);
      this.switchOff();
    });
  }

  /** A line that no command asked for. */
  unsolicited(line: string): void {
    const profile = this.profile;
    if (line.startsWith(profile.dataWaits)) {
      this.dataWaits = true;
      this.pump();
    } else if (line.startsWith(profile.peerClosed)) {
      // The news of an earlier stream's end may be late.
      this.peerClosed = this.phase === 'open' || (this.attempt !== null && this.attempt.dialling);
      this.pump();
    } else if (profile.restarts.indexOf(line) >= 0) {
      this.restarted(line);
    } else if (this.phase === 'open' && profile.networkLost.indexOf(line) >= 0) {
      // A new socket over the old context would fail as well.
      this.progress.rung = Math.max(this.progress.rung, RUNG_SOCKET);
      this.lose(STREAM_CLOSED);
    }
  }

  /** The modem has started anew by itself, with nothing left of the session; while it is fetched up that is as it should be. */
  private restarted(line: string): void {
    if (this.phase === 'open') {
      this.lose(MODEM_RESTARTED);
    } else if (this.attempt !== null && this.power.state === 'on' && line !== this.profile.restarts[1]) {
      this.channel.abandon();
      this.attempt.interrupted(MODEM_RESTARTED);
    }
  }

  /** Off, or left to sleep where it is registered and the network lets it. */
  private switchOff(): void {
    if (this.progress.powerSavingS > 0 && this.lastFault === OK) this.power.leave();
    this.power.off('link', () => {
      this.power.give();
      this.phase = 'idle';
      this.whenClosed.splice(0).forEach((done) => {
        done();
      });
    });
  }

  private lose(fault: number): void {
    this.phase = 'over';
    this.lastFault = fault;
    this.finishSend(false);
    // Whoever sent may have closed, or opened again.
    if (this.isIn('over')) this.onClosed();
  }

  /** Nobody knows which bytes have gone: what comes behind them would make no sense to the far side. */
  private failSend(): void {
    if (this.sent === null) return;
    this.phase = 'over';
    this.lastFault = STREAM_STALLED;
    this.finishSend(false);
  }

  private finishSend(ok: boolean): void {
    const sent = this.sent;
    this.sent = null;
    this.outgoing = null;
    if (sent === null) return;
    this.clock.cancel(this.sendDeadline);
    sent(ok);
  }

  /** The phase may change under any callback. */
  private isIn(phase: 'idle' | 'opening' | 'open' | 'over' | 'closing'): boolean {
    return this.phase === phase;
  }

  /** Do the next thing that waits, data before sends, when no command is under way. */
  private pump(): void {
    if (this.busy || this.phase !== 'open') return;
    const outgoing = this.outgoing;
    // Asked for their number without an open socket, a SIM7000 freezes.
    if (this.dataWaits && !(this.peerClosed && this.profile.receiving.count !== '')) this.count();
    else if (this.peerClosed) this.lose(STREAM_CLOSED);
    else if (outgoing !== null) this.transmit(outgoing);
  }

  private count(): void {
    const receiving = this.profile.receiving;
    this.busy = true;
    this.dataWaits = false;
    if (receiving.count === '') {
      this.receive(MAX_RECEIVE);
      return;
    }
    const serial = this.serial;
    this.channel.command(receiving.count, RECEIVE_WITHIN_MS, (result, lines) => {
      if (serial !== this.serial) return;
      const waiting = lines.length > 0 ? numberOf(lines[0], 1) : 0;
      if (result === 'ok' && waiting > 0 && this.isIn('open')) {
        this.receive(Math.min(waiting, MAX_RECEIVE));
      } else {
        this.busy = false;
        if (result === 'timeout' && this.isIn('open')) this.lose(MODEM_SILENT);
        else this.pump();
      }
    });
  }

  private receive(count: number): void {
    const receiving = this.profile.receiving;
    const command = receiving.command + count;
    const serial = this.serial;
    this.channel.ask(command, RECEIVE_WITHIN_MS, receiving, (result, _lines, raw) => {
      if (serial !== this.serial) return;
      this.busy = false;
      this.bytes += raw.length;
      // There may be more, and the modem may not say so again before it has been read empty.
      if (raw !== '') this.dataWaits = true;
      if (raw !== '' && this.isIn('open')) this.onBytes(raw);
      if (result === 'timeout' && this.isIn('open')) this.lose(MODEM_SILENT);
      else this.pump();
    });
  }

  private transmit(bytes: Uint8Array): void {
    const sending = this.profile.sending;
    const manner = { payload: bytes, final: sending.final, enough: sending.enough };
    const serial = this.serial;
    this.busy = true;
    this.outgoing = null;
    this.channel.ask(sending.command + bytes.length, SEND_WITHIN_MS, manner, (result) => {
      if (serial !== this.serial) return;
      this.busy = false;
      if (result === 'ok') {
        this.bytes += bytes.length;
        this.finishSend(true);
      } else {
        this.failSend();
      }
      this.pump();
    });
  }
}
