import { SENSOR_DOUBTED, SENSOR_FAILED } from '../hal/faults.ts';
import type { Fittings } from '../hal/fittings.ts';
import { AMBIENT, type Probe } from '../hal/probe.ts';
import type { Climate, SensorFailure } from '../hal/thermo-hygrometer.ts';
import type { Tracker } from '../hal/tracker.ts';
import { calibrationsOf, correctionOf } from './calibration.ts';
import type { Config } from './config/config.ts';
import { allowedIntervalS } from './interval.ts';
import { MISSING } from './journal/format.ts';
import type { Journal } from './journal/journal.ts';
import { type Row, toCode } from './journal/row.ts';
import { HUMIDITY, isHumidity, type Sampling, type Scale } from './journal/scale.ts';
import { temperaturesOf } from './journal/temperatures.ts';
import { observe } from './observe.ts';
import { doubtOn, PLAUSIBLE } from './plausible.ts';

/** Reasons for a missing value, in the order of docs/journal.md. */
const REASONS: readonly SensorFailure[] = ['no-answer', 'check', 'not-ready', 'range', 'bus', 'absent'];

const NOT_FITTED: Climate = { tempMilliC: null, humidityMilliPct: null, failure: 'absent' };
const LAST_PLACE = 7;
const MOST_CHANNELS = 8;

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
  for (let place = 1; place <= LAST_PLACE; place++) {
    if ((config.probes & (1 << place)) === 0 || channels.length >= MOST_CHANNELS) continue;
    channels.push(place);
    const probe = probeAt(probes, place);
    if (probe !== null && probe.measuresHumidity) channels.push(HUMIDITY + place);
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
    const climate = climates[place] || NOT_FITTED;
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

/** Say of each probe what is wrong with it, once for as long as it stays so. */
function complain(journal: Journal, row: Row, before: Row | null, takenS: number): void {
  const scale = journal.ring.scale;
  const temps = temperaturesOf(row, scale);
  const last = before === null ? null : temperaturesOf(before, scale);
  for (let i = 0; i < row.length; i++) {
    const place = scale.channels[i];
    if (isHumidity(place)) continue;
    if (row[i] >= MISSING) {
      if (before === null || before[i] !== row[i]) journal.fault(SENSOR_FAILED, place - 1, takenS);
      continue;
    }
    const doubt = doubtOn(place, temps, last);
    if (doubt !== PLAUSIBLE && (last === null || doubtOn(place, last, null) !== doubt))
      journal.fault(SENSOR_DOUBTED, 16 * place + doubt, takenS);
  }
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
  const before = journal.ring.row;
  const row = rowOf(climates, journal.ring.scale, config);
  const stored = journal.reading(takenS, row);
  complain(journal, row, before, takenS);
  return stored;
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
  const climates: (Climate | null)[] = [];
  while (climates.length <= LAST_PLACE) climates.push(null);
  let open = 0;
  function taken(): void {
    open--;
    if (open <= 0) done(takeIn(tracker, fittings, journal, config, climates, takenS));
  }
  fittings.probes.forEach((probe) => {
    if ((config.probes & (1 << probe.place)) === 0) return;
    open++;
    probe.sensor.measure((climate) => {
      climates[probe.place] = climate;
      taken();
    });
  });
  if (open === 0) tracker.clock.after(0, taken);
}
