/** A start that is no end of a sleep waits for a technician before it goes on. */
import { openConsole } from './console.ts';
import type { Visit } from './session.ts';
import type { Test } from './verdicts.ts';

/** How long, s: to press Enter in gloves, and what a brown-out on the road costs. */
const WINDOW_S = 10;

/** Wait for a key. `opened` hears that somebody is there; `done` that nobody is, or has left again. */
export function attend(visit: Visit, opened: () => void, done: (test: Test | null) => void): void {
  const clock = visit.tracker.clock;
  const console = visit.tracker.console;
  console.line(`press Enter within ${WINDOW_S} s for the console`);
  const over = clock.after(WINDOW_S * 1000, () => {
    console.listen(null);
    done(null);
  });
  console.listen((bytes) => {
    clock.cancel(over);
    opened();
    openConsole(visit, bytes, done);
  });
}
