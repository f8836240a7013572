import { randomStream } from '../../../tools/sim/random.ts';
import type { Channels, WitnessedJournal } from './witness.ts';

/** One boot of a tracker's life: the interval that it is configured to, and what it appends until it sleeps. */
export interface Wake {
  readonly intervalS: number;
  readonly live: (journal: WitnessedJournal) => void;
}

const MISSING_NOW_AND_THEN = 23;

/**
 * A scripted life, the same for the same seed: readings with jitter, gaps and missing values, positions found and not
 * found, clock anchors, uplink sessions with acks, faults, conditions, alarms, power-ons, and now and then another interval.
 * Endless.
 */
export function* scriptedLife(seed: number): Generator<Wake, never> {
  const random = randomStream(seed, 'life');
  let uptimeS = 7.25;
  let intervalS = 300;
  let supply = 4100;
  let humidity = 85000;
  let back = 6200;

  function channels(count: number): Channels {
    supply += random.int(-2, 2) * 100;
    humidity += random.int(-1, 1) * 500;
    back += random.int(-2, 2) * 100;
    // A door opens: deltas too large for the short forms, and for any.
    if (count % 17 === 0) back = 6200 + random.int(-14, 14) * 100;
    if (count % 29 === 0) back = 6200 + random.int(-100, 100) * 100;
    if (count % 61 === 0) supply = random.int(-40000, 125000);
    if (count % MISSING_NOW_AND_THEN === 0) return [{ reason: random.int(0, 5) }, { reason: 1 }, back];
    return [supply, humidity, back];
  }

  function wait(): void {
    uptimeS += intervalS + random.int(-9, 9) / 10;
    if (random.int(0, 19) === 0) uptimeS += random.int(-40, 900);
  }

  for (let wake = 0, reading = 1; ; wake++) {
    const powerOn = wake % 31 === 0;
    if (powerOn) uptimeS = random.int(0, 9) + 0.5;
    if (wake % 47 === 46) intervalS = intervalS === 300 ? 600 : 300;
    const startS = uptimeS;
    const readings: { uptimeS: number; channels: Channels }[] = [];
    for (let count = random.int(1, 6); count > 0; count--) {
      if (!powerOn || readings.length > 0) wait();
      readings.push({ uptimeS, channels: channels(reading++) });
    }
    const endS = uptimeS;
    const cause = random.int(0, 3);
    const fix = [random.int(-9000000, 9000000), random.int(-18000000, 18000000), random.int(4, 20)] as const;
    const reach = random.int(-3, 60);
    yield {
      intervalS,
      live: (journal) => {
        if (powerOn) journal.poweredOn(cause, startS);
        for (const { uptimeS: at, channels: values } of readings) journal.reading(at, values);
        if (wake % 6 === 1)
          journal.fix(endS + 20, ...fix, wake % 24 === 1 ? null : 1790000003 + Math.floor(endS));
        if (wake % 6 === 4) journal.noFix(endS + 90, 30 + (wake % 4));
        if (wake % 12 === 1) journal.anchor(endS + 20, 1790000000 + Math.floor(endS), 1, 1);
        if (wake % 19 === 5) journal.fault(20, wake % 2, endS);
        if (wake % 13 === 6)
          journal.conditions(
            endS + 1,
            (wake % 64) | (wake & 32 ? wake & 448 : 0),
            wake % 26 === 6 ? null : 3700 + (wake % 99),
          );
        if (wake % 23 === 7) journal.alarm(endS + 1, wake % 6, wake % 2 === 0);
        if (wake % 23 > 6 && wake % 3 === 0) journal.judged([wake % 64, wake % 7 === 0 ? null : -wake, wake]);
        if (wake % 9 === 8) {
          // An ack that stands still, goes back, moves on, or is beyond what was written.
          const { acked, nextSeq } = journal.journal.state;
          journal.ack(wake % 36 === 35 ? nextSeq + 5 : Math.min(nextSeq, acked + reach));
          journal.session(endS + 95, wake % 27 === 26 ? 45 : 0);
        }
      },
    };
  }
}
