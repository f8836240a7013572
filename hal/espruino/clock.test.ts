import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../clock.ts';

/** Timers as Espruino numbers them: one more than the last that is still waiting (jsvArrayAddToEnd). */
class EspruinoTimers {
  readonly waiting: { id: number; run: () => void }[] = [];

  readonly set = (run: () => void): number => {
    const id = (this.waiting.at(-1)?.id ?? 0) + 1;
    this.waiting.push({ id, run });
    return id;
  };

  readonly clear = (id: number): void => {
    const at = this.waiting.findIndex((timer) => timer.id === id);
    if (at >= 0) this.waiting.splice(at, 1);
  };

  runFirst(): void {
    this.waiting.shift()?.run();
  }
}

describe("the clock on Espruino's timers, whose numbers come back", () => {
  let timers: EspruinoTimers;
  let clock: Clock;
  const ran: string[] = [];

  beforeEach(async () => {
    timers = new EspruinoTimers();
    ran.length = 0;
    vi.stubGlobal('setTimeout', timers.set);
    vi.stubGlobal('clearTimeout', timers.clear);
    const path = './clock.ts';
    clock = ((await import(path)) as { espruinoClock: Clock }).espruinoClock;
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('leaves the next alarm alone when one is cancelled that has run', () => {
    const spent = clock.after(1, () => ran.push('first'));
    timers.runFirst();
    clock.after(1, () => ran.push('second'));
    clock.cancel(spent);
    timers.runFirst();
    expect(ran).toEqual(['first', 'second']);
  });

  it('leaves the next alarm alone when one is cancelled twice', () => {
    const cancelled = clock.after(1, () => ran.push('first'));
    clock.cancel(cancelled);
    clock.after(1, () => ran.push('second'));
    clock.cancel(cancelled);
    timers.runFirst();
    expect(ran).toEqual(['second']);
  });

  it('cancels the one that is meant', () => {
    clock.after(1, () => ran.push('first'));
    const second = clock.after(1, () => ran.push('second'));
    clock.cancel(second);
    timers.runFirst();
    timers.runFirst();
    expect(ran).toEqual(['first']);
    expect(timers.waiting).toEqual([]);
  });
});
