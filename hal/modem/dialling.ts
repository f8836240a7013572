import { CLOCK_UNKNOWN, OK } from '../faults.ts';
import { clockText } from '../utc.ts';
import type { Ascent } from './ascent.ts';

/** From a data connection and the time to an open stream. */
export function connect(ascent: Ascent): void {
  ascent.pass('secure', () => {
    ascent.dialling = true;
    ascent.pass('open', () => {
      ascent.settle(OK);
    });
  });
}

/** Take over the time that the last dialogue has brought, if it is one. */
function knowsTime(ascent: Ascent): boolean {
  const power = ascent.power;
  const utcS = power.profile.utcIn(power.values.text['clock'] || '');
  if (utcS !== null) ascent.progress.time = { utcS, uptimeS: ascent.clock.uptimeS() };
  return utcS !== null;
}

/** No certificate can be checked without the date: the tracker's own will do, or a time server's. */
function tellTime(ascent: Ascent): void {
  const utcS = ascent.target.utcS;
  if (utcS === null) {
    ascent.pass('ntp', () => {
      if (knowsTime(ascent)) connect(ascent);
      else askTime(ascent, false);
    });
    return;
  }
  const now = utcS + ascent.clock.uptimeS() - ascent.startedS;
  ascent.power.values.text['clock'] = clockText(Math.floor(now));
  ascent.pass('set-clock', () => {
    connect(ascent);
  });
}

/** What time the modem has; a time server is asked once. */
function askTime(ascent: Ascent, mayAsk: boolean): void {
  ascent.hold('clock', (fault) => {
    if (fault !== OK && fault !== CLOCK_UNKNOWN) ascent.fail(fault);
    else if (fault === OK && knowsTime(ascent)) connect(ascent);
    else if (mayAsk) tellTime(ascent);
    else ascent.fail(CLOCK_UNKNOWN);
  });
}

/** From a modem that has registered to an open stream. */
export function dial(ascent: Ascent): void {
  ascent.pass('data', () => {
    askTime(ascent, true);
  });
}
