/** A start that is no end of a sleep waits for a technician before it goes on. */
import { openConsole } from './console.ts';
import type { Visit } from './session.ts';
import { testSession } from './test-session.ts';

/** How long, s: to press Enter in gloves, and what a brown-out on the road costs. */
const WINDOW_S = 10;

/**
 * Wait for a key. `opened` hears that somebody is there; `done` that nobody is, or has left again. Behind a self-test it does not:
 * then the tracker starts again.
 */
export function attend(visit: Visit, opened: () => void, done: () => void): void {
  const clock = visit.tracker.clock;
  const console = visit.tracker.console;
  console.line(`press Enter within ${WINDOW_S} s for the console`);
  const over = clock.after(WINDOW_S * 1000, () => {
    console.listen(null);
    done();
  });
  console.listen((bytes) => {
    clock.cancel(over);
    opened();
    openConsole(visit, bytes, (test) => {
      if (test === null) done();
      else testSession(visit, test);
    });
  });
}
