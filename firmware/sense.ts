import type { Fittings } from '../hal/fittings.ts';
import { AMBIENT, LAST_PLACE, type Probe } from '../hal/probe.ts';
import type { Climate } from '../hal/thermo-hygrometer.ts';
import type { Tracker } from '../hal/tracker.ts';
import { calibrationsOf, correctionOf } from './calibration.ts';
import { complain } from './complain.ts';
import type { Config } from './config/schema.ts';
import { allowedIntervalS } from './interval.ts';
import type { Journal } from './journal/journal.ts';
import { type Row, toCode } from './journal/row.ts';
import { HUMIDITY, isHumidity, type Sampling, type Scale } from './journal/scale.ts';
import { measureAll, REASONS } from './measure.ts';
import { observe } from './observe.ts';

const MOST_CHANNELS = 8;
/** A value older than this does not tell how fast one can change. */
const LONGEST_STEP_S = 3600;

function probeAt(probes: readonly Probe[], place: number): Probe | null {
  for (let i = 0; i < probes.length; i++) if (probes[i].place === place) return probes[i];
  return null;
}

/**
 * What the journal holds of a reading, and in which steps: 0.1 C and 0.5 %, or 0.01 C and 0.1 %. The temperature of each
 * probe that is fitted, and its humidity where that belongs to it.
 */
export function samplingOf(config: Config, probes: readonly Probe[]): Sampling {
  const channels: number[] = [];
  // Temperatures first: there are at most seven.
  let humidities = MOST_CHANNELS;
  for (let place = 1; place <= LAST_PLACE; place++) if (config.probes & (1 << place)) humidities--;
  for (let place = 1; place <= LAST_PLACE; place++) {
    if ((config.probes & (1 << place)) === 0) continue;
    channels.push(place);
    const probe = probeAt(probes, place);
    if (probe === null || !probe.measuresHumidity || humidities === 0) continue;
    channels.push(HUMIDITY + place);
    humidities--;
  }
  return {
    intervalS: allowedIntervalS(config.intervalS, config.tripHours),
    tempStep: config.fineResolution ? 10 : 100,
    humidityStep: config.fineResolution ? 100 : 500,
    channels,
  };
}

/** Put what the probes gave in the order of the page's channels; `climates` are by place. */
function rowOf(climates: readonly (Climate | null)[], scale: Scale, config: Config): Row {
  const calibrations = calibrationsOf(config.calibration);
  const row: number[] = [];
  for (let i = 0; i < scale.channels.length; i++) {
    const channel = scale.channels[i];
    const place = channel & 15;
    const climate = climates[place] as Climate;
    const reason = climate.failure === null ? 0 : REASONS.indexOf(climate.failure);
    if (isHumidity(channel)) row.push(toCode(climate.humidityMilliPct, scale.humidityStep, reason));
    else {
      const milliC = climate.tempMilliC;
      const corrected = milliC === null ? null : milliC + correctionOf(calibrations, place);
      row.push(toCode(corrected, scale.tempStep, reason));
    }
  }
  return row;
}

/** Put down what the probes gave, by place, at `takenS`. False when it could not be stored. */
function takeIn(
  tracker: Tracker,
  fittings: Fittings,
  journal: Journal,
  config: Config,
  climates: readonly (Climate | null)[],
  takenS: number,
): boolean {
  const ambient = climates[AMBIENT];
  observe(tracker, fittings, journal, ambient === null ? null : ambient.tempMilliC);
  const ring = journal.ring;
  const before = ring.row;
  const index = ring.index;
  const ageS = takenS - journal.state.rowClockS;
  // How long power was off nobody knows.
  const isKnown = journal.readingSeq >= 0 || tracker.power.wakeCause() === 'timer';
  const last = isKnown && ageS >= 0 && ageS <= LONGEST_STEP_S ? before : null;
  const row = rowOf(climates, ring.scale, config);
  if (!journal.reading(takenS, row)) return false;
  complain(journal, row, ring.index === index ? before : null, last, takenS);
  return true;
}

/**
 * Take one reading and append it; `done` hears when it is durable, or that it could not be stored. All probes measure at the
 * same time. A sensor that fails costs only its own values.
 */
export function senseAndAppend(
  tracker: Tracker,
  journal: Journal,
  config: Config,
  done: (stored: boolean) => void,
): void {
  const takenS = tracker.clock.uptimeS();
  const fittings = tracker.fittings();
  measureAll(fittings, config.probes, tracker.clock, (climates) => {
    done(takeIn(tracker, fittings, journal, config, climates, takenS));
  });
}
