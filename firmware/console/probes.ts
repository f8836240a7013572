import type { Climate } from '../../hal/thermo-hygrometer.ts';
import type { Session } from './session.ts';

/** While the wake measures, a command waits so long, ms, before it looks again. */
const AGAIN_MS = 500;

/** What one probe gave. */
export interface Measured {
  readonly place: number;
  readonly climate: Climate;
}

/** Measure all probes that are fitted, when the wake's own reading is over; `done` gets them in the order of the board. */
export function measureProbes(session: Session, done: (measured: readonly Measured[]) => void): void {
  const tracker = session.tracker;
  if (session.probes.isTaken) {
    tracker.clock.after(AGAIN_MS, () => {
      measureProbes(session, done);
    });
    return;
  }
  session.probes.isTaken = true;
  const probes = tracker.fittings().probes;
  const measured: Measured[] = [];
  let open = 1;
  function taken(): void {
    open--;
    if (open > 0) return;
    session.probes.isTaken = false;
    done(measured);
  }
  probes.forEach((probe) => {
    if ((session.config.probes & (1 << probe.place)) === 0) return;
    open++;
    probe.sensor.measure((climate) => {
      measured.push({ place: probe.place, climate });
      taken();
    });
  });
  tracker.clock.after(0, taken);
}
