import type { Alarm, Clock } from '../clock.ts';

/** Virtual time that passes only when a test says so. */
export interface MockClock extends Clock {
  /** Let time pass; what is due runs at its time, in order. */
  advance(seconds: number): void;
  /** What deep sleep does: nothing that was planned will run. */
  dropAlarms(): void;
}

interface Planned {
  readonly alarm: Alarm;
  readonly dueMs: number;
  readonly run: () => void;
}

/** More than any test means to run in one go: alarms that set each other for now. */
const MOST_ALARMS = 1_000_000;

export function mockClock(startS = 1): MockClock {
  let nowMs = startS * 1000;
  let lastAlarm = 0;
  let planned: Planned[] = [];

  function takeNext(untilMs: number): Planned | undefined {
    let next: Planned | undefined;
    for (const one of planned)
      if (one.dueMs <= untilMs && (next === undefined || one.dueMs < next.dueMs)) next = one;
    planned = planned.filter((one) => one !== next);
    return next;
  }

  return {
    uptimeS: () => nowMs / 1000,
    after: (delayMs, run) => {
      planned.push({ alarm: ++lastAlarm, dueMs: nowMs + Math.max(0, delayMs), run });
      return lastAlarm;
    },
    cancel: (alarm) => {
      planned = planned.filter((one) => one.alarm !== alarm);
    },
    advance: (seconds) => {
      const untilMs = nowMs + seconds * 1000;
      for (let ran = 0; ; ran++) {
        const next = takeNext(untilMs);
        if (next === undefined) break;
        if (ran >= MOST_ALARMS) throw new Error('alarms without end');
        nowMs = next.dueMs;
        next.run();
      }
      nowMs = untilMs;
    },
    dropAlarms: () => {
      planned = [];
    },
  };
}
