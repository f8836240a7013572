import type { Alarm, Clock } from '../clock.ts';
import { MODEM_REFUSED, OK, STREAM_CLOSED, STREAM_STALLED, TLS_NO_CA } from '../faults.ts';
import { type Link, type LinkReport, type LinkTarget, LTE_M, NB_IOT, RUNG_RAIL } from '../link.ts';

/** A link whose far side is a script. */
export interface MockLink extends Link {
  /** What the next open ends with, and after how long. 0 opens the stream. */
  fault: number;
  opensAfterS: number;
  /** What the far side sends in answer to one send; each string is one `onBytes`. */
  answer: (bytes: Uint8Array) => readonly string[];
  /** The next sends fail. */
  sendsFail: boolean;
  /** What the network tells at each open. */
  utcS: number | null;
  readonly targets: LinkTarget[];
  /** Copies of what was sent. */
  readonly sent: Uint8Array[];
  closes: number;
  /** What `report` gives, to which it adds the rungs that were taken for opens in place of a stream. */
  met: LinkReport;
  readonly isOpen: boolean;
  /** Bytes from the far side, now. */
  deliver(bytes: string): void;
  /** The stream ends, now, other than by `close`. */
  hangUp(): void;
}

const SEND_MS = 50;
const ANSWER_MS = 200;
const CLOSE_MS = 2000;

export function mockLink(clock: Clock): MockLink {
  let phase: 'idle' | 'opening' | 'open' | 'over' | 'closing' = 'idle';
  let settle: ((fault: number) => void) | null = null;
  let sent: ((ok: boolean) => void) | null = null;
  let onBytes: (bytes: string) => void = () => {};
  let onClosed: () => void = () => {};
  let closers: (() => void)[] = [];
  let rung = 0;
  let recoveries: number[] = [];
  /** What the last stream, or open, ended with. */
  let ended = OK;
  let time: { utcS: number; uptimeS: number } | null = null;

  function finishSend(ok: boolean): void {
    const done = sent;
    sent = null;
    done?.(ok);
  }

  function isOver(): boolean {
    return phase === 'over';
  }

  const mock: MockLink = {
    maxSend: 1460,
    technologies: [LTE_M, NB_IOT],
    fault: OK,
    opensAfterS: 8,
    answer: () => [],
    sendsFail: false,
    utcS: 1795262400,
    targets: [],
    sent: [],
    closes: 0,
    met: {
      technology: LTE_M,
      network: 26201,
      rssiDbm: -73,
      sim: 4711,
      searchedS: 8,
      powerSavingS: 0,
      bytes: 0,
      recoveries: [],
    },
    get isOpen() {
      return phase === 'open';
    },
    deliver: (bytes) => {
      if (phase === 'open') onBytes(bytes);
    },
    hangUp: () => {
      if (phase !== 'open') return;
      phase = 'over';
      ended = STREAM_CLOSED;
      finishSend(false);
      // Whoever sent may have opened the next stream.
      if (isOver()) onClosed();
    },
    networkTime: () => time,
    report: () => ({ ...mock.met, recoveries: [...mock.met.recoveries, ...recoveries] }),
    open: (target, deadlineS, opened, bytesCame, streamEnded) => {
      const busy = phase === 'opening' || phase === 'closing';
      const begins = phase === 'idle';
      const atTheTop = !begins && rung >= RUNG_RAIL;
      const refusal =
        target.caPem === '' ? TLS_NO_CA : busy ? MODEM_REFUSED : atTheTop ? ended || STREAM_STALLED : OK;
      if (refusal !== OK) {
        clock.after(0, () => opened(refusal));
        return;
      }
      mock.targets.push(target);
      rung = begins ? target.rung : rung + 1;
      recoveries = begins ? [] : [...recoveries, rung, phase === 'open' ? STREAM_STALLED : ended];
      phase = 'opening';
      finishSend(false);
      onBytes = bytesCame;
      onClosed = streamEnded;
      const inTime = mock.opensAfterS <= deadlineS;
      const alarm: Alarm = clock.after(Math.min(mock.opensAfterS, deadlineS) * 1000, () => {
        settle?.(inTime ? mock.fault : STREAM_STALLED);
      });
      settle = (fault) => {
        settle = null;
        clock.cancel(alarm);
        if (phase === 'opening') phase = fault === OK ? 'open' : 'over';
        ended = fault;
        time = phase === 'open' && mock.utcS !== null ? { utcS: mock.utcS, uptimeS: clock.uptimeS() } : null;
        opened(fault);
      };
    },
    send: (bytes, done) => {
      if (phase !== 'open' || sent !== null || bytes.length === 0 || bytes.length > mock.maxSend) {
        clock.after(0, () => done(false));
        return;
      }
      const copy = Uint8Array.from(bytes);
      sent = done;
      clock.after(SEND_MS, () => {
        if (sent !== done) return;
        if (mock.sendsFail) {
          phase = 'over';
          ended = STREAM_STALLED;
          finishSend(false);
          return;
        }
        mock.sent.push(copy);
        for (const answer of mock.answer(copy)) clock.after(ANSWER_MS, () => mock.deliver(answer));
        finishSend(true);
      });
    },
    close: (done) => {
      mock.closes++;
      closers.push(done);
      if (phase === 'closing') return;
      phase = 'closing';
      settle?.(STREAM_CLOSED);
      finishSend(false);
      clock.after(CLOSE_MS, () => {
        phase = 'idle';
        const waiting = closers;
        closers = [];
        for (const one of waiting) one();
      });
    },
  };
  return mock;
}
