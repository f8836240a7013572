import type { Climate } from '../../hal/thermo-hygrometer.ts';
import { measureAll } from '../measure.ts';
import type { Session } from './session.ts';

/** While the wake measures, a command waits so long, ms, before it looks again. */
const AGAIN_MS = 500;

/** What one probe gave. */
export interface Measured {
  readonly place: number;
  readonly climate: Climate;
}

/** Measure all probes that are configured, when the wake's own reading is over; `done` gets them by their places. */
export function measureProbes(session: Session, done: (measured: readonly Measured[]) => void): void {
  const tracker = session.tracker;
  if (session.probes.isTaken) {
    tracker.clock.after(AGAIN_MS, () => {
      measureProbes(session, done);
    });
    return;
  }
  session.probes.isTaken = true;
  measureAll(tracker.fittings(), session.config.probes, tracker.clock, (climates) => {
    session.probes.isTaken = false;
    const measured: Measured[] = [];
    climates.forEach((climate, place) => {
      if (climate !== null) measured.push({ place, climate });
    });
    done(measured);
  });
}
