import type { Clock } from '../clock.ts';
import { OK, STREAM_STALLED, TLS_NO_CA } from '../faults.ts';
import type { Link, LinkTarget } from '../link.ts';
import { parseUtc } from '../utc.ts';
import type { AtChannel } from './at-channel.ts';
import type { ModemPower } from './sim7080-power.ts';
import {
  ATTACH,
  CLOCK,
  CLOSE,
  DATA_WAITS,
  MAX_RECEIVE,
  MAX_SEND,
  OPEN,
  RESTARTS,
  SECURE,
  STREAM_ENDS,
} from './sim7080-profile.ts';
import { runSteps, type Step, type Values } from './steps.ts';

const SEND_WITHIN_MS = 15000;
const RECEIVE_WITHIN_MS = 10000;

function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
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
  private time: { utcS: number; uptimeS: number } | null = null;
  private connected = false;
  private attached = false;
  /** A command of ours is under way; reads and sends take turns. */
  private busy = false;
  private dataWaits = false;
  private outgoing: Uint8Array | null = null;
  private sent: ((ok: boolean) => void) | null = null;
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
    if (target.caPem === '') {
      // Without a CA this modem trusts every server.
      this.clock.after(0, () => {
        opened(TLS_NO_CA);
      });
      return;
    }
    const values: Values = {
      text: {
        apn: target.apn,
        host: target.host,
        port: String(target.port),
        caLength: String(target.caPem.length),
      },
      bytes: { ca: asciiBytes(target.caPem) },
    };
    this.onBytes = onBytes;
    this.onClosed = onClosed;
    let over = false;
    const deadline = this.clock.after(deadlineS * 1000, () => {
      over = true;
      this.channel.stop();
      opened(STREAM_STALLED);
    });
    const end = (fault: number): void => {
      if (over) return;
      over = true;
      this.clock.cancel(deadline);
      this.connected = fault === OK;
      opened(fault);
    };
    const run = (steps: readonly Step[], then: () => void): void => {
      runSteps(this.channel, this.clock, steps, values, (fault) => {
        if (over) return;
        if (fault === OK) then();
        else end(fault);
      });
    };
    this.power.on((fault) => {
      if (over) return;
      if (fault !== OK) {
        end(fault);
        return;
      }
      run(ATTACH, () => {
        this.attached = true;
        run([CLOCK], () => {
         this.readClock(() => {
          run(SECURE, () => {
            run(OPEN, () => {
              end(OK);
            });
          });
         });
        });
      });
    });
  }

  send(bytes: Uint8Array, done: (ok: boolean) => void): void {
    this.outgoing = bytes;
    this.sent = done;
    this.pump();
  }

  close(done: () => void): void {
    this.connected = false;
    this.dataWaits = false;
    this.finishSend(false);
    this.channel.abandon();
    const attached = this.attached;
    this.attached = false;
    const off = (): void => {
      this.busy = false;
      this.power.off(done);
    };
    if (attached && this.power.up) runSteps(this.channel, this.clock, CLOSE, { text: {}, bytes: {} }, off);
    else off();
  }

  /** A line that no command asked for. */
  unsolicited(line: string): void {
    if (line === DATA_WAITS) {
      this.dataWaits = true;
      this.pump();
    } else if (this.connected && (STREAM_ENDS.indexOf(line) >= 0 || RESTARTS.indexOf(line) >= 0)) {
      this.lose();
    }
  }

  private readClock(then: () => void): void {
    this.channel.command('AT+CCLK?', 5000, (_result, lines) => {
      const utcS = lines.length > 0 ? utcInClock(lines[0]) : null;
      this.time = utcS === null ? null : { utcS, uptimeS: this.clock.uptimeS() };
      then();
    });
  }

  private lose(): void {
    this.connected = false;
    this.finishSend(false);
    this.onClosed();
  }

  private finishSend(ok: boolean): void {
    const sent = this.sent;
    this.sent = null;
    this.outgoing = null;
    if (sent !== null) sent(ok);
  }

  /** Do the next thing that waits, data before sends, when no command is under way. */
  private pump(): void {
    if (this.busy || !this.connected) return;
    if (this.dataWaits) this.receive();
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
        if (raw !== '' && this.connected) this.onBytes(raw);
        if (result === 'timeout' && this.connected) this.lose();
        else this.pump();
      },
    );
  }

  private transmit(bytes: Uint8Array): void {
    this.busy = true;
    this.outgoing = null;
    this.channel.commandWithPayload(`AT+CASEND=0,${bytes.length}`, bytes, SEND_WITHIN_MS, (result) => {
      this.busy = false;
      this.finishSend(result === 'ok');
      this.pump();
    });
  }
}
