import type { Fittings } from '../hal/fittings.ts';
import type { Tracker } from '../hal/tracker.ts';
import {
  CHARGING,
  COMPRESSOR,
  DEFROST,
  DOOR_OPEN,
  EXTERNAL_POWER,
  IN_RANGE,
  isWorthTelling,
  POWER_LEVEL,
  SOCKET,
  signalBits,
} from './conditions.ts';
import type { Journal } from './journal/journal.ts';
import { mayCharge } from './power/charge.ts';
import { powerLevel } from './power/ladder.ts';

/**
 * Look at what feeds the tracker and what goes on around it, act on it (charging), and put it down where it has changed.
 * `milliC` is the air at the tracker, which is as cold as its battery; null unknown: then nothing is charged.
 */
export function observe(tracker: Tracker, fittings: Fittings, journal: Journal, milliC: number | null): void {
  const battery = tracker.battery;
  const before = journal.state.conditions;
  const millivolts = battery.millivolts();
  const external = battery.external();
  let now = powerLevel(before & POWER_LEVEL, millivolts, milliC, external);
  // What cannot be told just now is as it was.
  now |= external === null ? before & EXTERNAL_POWER : external ? EXTERNAL_POWER : 0;
  const charges = mayCharge((before & CHARGING) !== 0, milliC);
  const isDone = battery.allowCharge(charges);
  if (isDone ? charges : (before & CHARGING) !== 0) now |= CHARGING;
  const isOpen = fittings.door.isOpen();
  now |= isOpen === null ? before & DOOR_OPEN : isOpen ? DOOR_OPEN : 0;
  const signals = fittings.reefer.read();
  if (signals !== null) now |= signalBits(signals);
  else if (before & SOCKET) now |= before & (SOCKET | COMPRESSOR | DEFROST | IN_RANGE);
  // The voltage is worth its bytes where it has something to do with the change.
  const isPower = ((before ^ now) & (POWER_LEVEL | EXTERNAL_POWER | CHARGING)) !== 0;
  if (isWorthTelling(before, now))
    journal.conditions(tracker.clock.uptimeS(), now, isPower ? millivolts : null);
}
