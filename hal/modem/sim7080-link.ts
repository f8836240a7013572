import type { Alarm, Clock } from '../clock.ts';
import { MODEM_REFUSED, OK, STREAM_CLOSED, STREAM_STALLED, TLS_NO_CA } from '../faults.ts';
import type { Link, LinkTarget } from '../link.ts';
import { parseUtc } from '../utc.ts';
import type { AtChannel } from './at-channel.ts';
import type { ModemPower } from './sim7080-power.ts';
import {
  attach,
  close as closeStream,
  DATA_WAITS,
  MAX_RECEIVE,
  MAX_SEND,
  NETWORK_LOST,
  clock as networkClock,
  open as openStream,
  PEER_CLOSED,
  RESTARTS,
  secure,
} from './sim7080-profile.ts';
import { runSteps, type Step, type Values } from './steps.ts';

const SEND_WITHIN_MS = 15000;
const RECEIVE_WITHIN_MS = 10000;
/** A send that waits behind a receive and then runs into its own deadline takes no longer than the contract allows. */
const SEND_IN_ALL_MS = 20000;
/** Closing by the book; what is left of the contract's 40 s is for switching off. */
const CLOSE_WITHIN_MS = 15000;

function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** A number that tells certificates apart, so that a new one is not taken for the one that the modem has. */
function tagOf(bytes: Uint8Array): string {
  let tag = 0;
  for (let i = 0; i < bytes.length; i++) tag = (tag * 31 + bytes[i]) % 16777213;
  return String(tag);
}

/** UTC in a `+CCLK: "yy/MM/dd,hh:mm:ss+zz"` line: SIMCom tells local time, zz counts quarters of an hour. */
export function utcInClock(line: string): number | null {
  const text = line.substr(line.indexOf('"') + 1);
  const local = parseUtc(text, 3);
  const sign = text.charAt(17);
  const quarters = parseInt(text.substr(18, 2), 10);
  if (local === null || isNaN(quarters) || (sign !== '+' && sign !== '-')) return null;
  return sign === '+' ? local - quarters * 900 : local + quarters * 900;
}

/** One TLS stream through the SIM7080's own socket. */
export class Sim7080Link implements Link {
  readonly maxSend = MAX_SEND;
  private readonly channel: AtChannel;
  private readonly clock: Clock;
  private readonly power: ModemPower;
  /** `over`: an open that failed, or a stream that ended; only `close` leads on from there. */
  private phase: 'idle' | 'opening' | 'open' | 'over' | 'closing' = 'idle';
  private time: { utcS: number; uptimeS: number } | null = null;
  private opened: ((fault: number) => void) | null = null;
  private openDeadline: Alarm = -1;
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

  constructor(channel: AtChannel, clock: Clock, power: ModemPower) {
    this.channel = channel;
    this.clock = clock;
    this.power = power;
  }

  networkTime(): { utcS: number; uptimeS: number } | null {
    return this.time;
  }

  open(
    target: LinkTarget,
    deadlineS: number,
    opened: (fault: number) => void,
    onBytes: (bytes: string) => void,
    onClosed: () => void,
  ): void {
    // Without a CA this modem trusts every server.
    const refusal =
      target.caPem === '' ? TLS_NO_CA : this.isIn('idle') && this.power.take('link') ? OK : MODEM_REFUSED;
    if (refusal !== OK) {
      this.clock.after(0, () => {
        opened(refusal);
      });
      return;
    }
    this.phase = 'opening';
    this.time = null;
    this.busy = false;
    this.dataWaits = false;
    this.peerClosed = false;
    this.opened = opened;
    this.onBytes = onBytes;
    this.onClosed = onClosed;
    this.openDeadline = this.clock.after(deadlineS * 1000, () => {
      this.channel.abandon();
      this.power.giveUp();
      this.settle('over', STREAM_STALLED);
    });
    const ca = asciiBytes(target.caPem);
    const values: Values = {
      text: {
        apn: target.apn,
        host: target.host,
        port: String(target.port),
        caFile: `ca${tagOf(ca)}.crt`,
        caLength: String(ca.length),
      },
      bytes: { ca },
    };
    this.power.on((fault) => {
      if (!this.isIn('opening')) return;
      if (fault === OK) this.attach(values);
      else this.settle('over', fault);
    });
  }

  send(bytes: Uint8Array, done: (ok: boolean) => void): void {
    if (!this.isIn('open') || this.sent !== null || bytes.length === 0 || bytes.length > MAX_SEND) {
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
    this.channel.abandon();
    this.settle('closing', STREAM_CLOSED);
    this.finishSend(false);
    if (!wasOpen) {
      this.switchOff();
      return;
    }
    const limit = this.clock.after(CLOSE_WITHIN_MS, () => {
      this.channel.abandon();
      this.switchOff();
    });
    runSteps(this.channel, this.clock, closeStream(), { text: {}, bytes: {} }, () => {
      this.clock.cancel(limit);
      this.switchOff();
    });
  }

  /** A line that no command asked for. */
  unsolicited(line: string): void {
    if (line === DATA_WAITS) {
      this.dataWaits = true;
      this.pump();
    } else if (line === PEER_CLOSED) {
      this.peerClosed = true;
      this.pump();
    } else if (this.phase === 'open' && (NETWORK_LOST.indexOf(line) >= 0 || RESTARTS.indexOf(line) >= 0)) {
      this.lose();
    }
  }

  private attach(values: Values): void {
    this.run(attach(), values, () => {
      this.run(networkClock(), values, () => {
        this.channel.command('AT+CCLK?', 5000, (_result, lines) => {
          const utcS = lines.length > 0 ? utcInClock(lines[0]) : null;
          this.time = utcS === null ? null : { utcS, uptimeS: this.clock.uptimeS() };
          this.run(secure(), values, () => {
            this.run(openStream(), values, () => {
              this.settle('open', OK);
              this.pump();
            });
          });
        });
      });
    });
  }

  private run(steps: readonly Step[], values: Values, then: () => void): void {
    runSteps(this.channel, this.clock, steps, values, (fault) => {
      if (fault === OK) then();
      else this.settle('over', fault);
    });
  }

  /** The attempt to open is over; tell whoever waits for it. */
  private settle(phase: 'open' | 'over' | 'closing', fault: number): void {
    const opened = this.opened;
    if (opened === null) return;
    this.opened = null;
    this.phase = phase;
    this.clock.cancel(this.openDeadline);
    opened(fault);
  }

  private switchOff(): void {
    this.power.off('link', () => {
      this.power.give();
      this.phase = 'idle';
      this.whenClosed.splice(0).forEach((done) => {
        done();
      });
    });
  }

  private lose(): void {
    this.phase = 'over';
    this.finishSend(false);
    // Whoever sent may have closed.
    if (this.isIn('over')) this.onClosed();
  }

  /** Nobody knows which bytes have gone: what comes behind them would make no sense to the far side. */
  private failSend(): void {
    if (this.sent === null) return;
    this.phase = 'over';
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
    if (this.dataWaits) this.receive();
    else if (this.peerClosed) this.lose();
    else if (this.outgoing !== null) this.transmit(this.outgoing);
  }

  private receive(): void {
    this.busy = true;
    this.dataWaits = false;
    this.channel.commandForRaw(
      `AT+CARECV=0,${MAX_RECEIVE}`,
      '+CARECV: ',
      RECEIVE_WITHIN_MS,
      (result, _lines, raw) => {
        this.busy = false;
        // As much as was asked for: there may be more, and the modem does not say so again.
        if (raw.length >= MAX_RECEIVE) this.dataWaits = true;
        if (raw !== '' && this.isIn('open')) this.onBytes(raw);
        if (result === 'timeout' && this.isIn('open')) this.lose();
        else this.pump();
      },
    );
  }

  private transmit(bytes: Uint8Array): void {
    this.busy = true;
    this.outgoing = null;
    this.channel.commandWithPayload(`AT+CASEND=0,${bytes.length}`, bytes, SEND_WITHIN_MS, (result) => {
      this.busy = false;
      if (result === 'ok') this.finishSend(true);
      else this.failSend();
      this.pump();
    });
  }
}
