import type { Climate } from '../../hal/thermo-hygrometer.ts';
import type { Session } from './session.ts';

/** While the wake measures, a command waits so long, ms, before it looks again. */
const AGAIN_MS = 500;

const LAST_PLACE = 7;
const NOT_FITTED: Climate = { tempMilliC: null, humidityMilliPct: null, failure: 'absent' };

/** What one probe gave. */
export interface Measured {
  readonly place: number;
  readonly climate: Climate;
}

/** Measure all probes that are configured, when the wake's own reading is over; `done` gets them in no order. */
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
  let missing = session.config.probes;
  probes.forEach((probe) => {
    if ((session.config.probes & (1 << probe.place)) === 0) return;
    missing -= 1 << probe.place;
    open++;
    probe.sensor.measure((climate) => {
      measured.push({ place: probe.place, climate });
      taken();
    });
  });
  // Configured, and not on this board.
  for (let place = 1; place <= LAST_PLACE; place++)
    if (missing & (1 << place)) measured.push({ place, climate: NOT_FITTED });
  tracker.clock.after(0, taken);
}
