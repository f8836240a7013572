import type { SkyFix } from '../../../radio.ts';
import { Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';

/** GNSS errors of +CME ERROR. */
const SESSION_ACTIVE = 504;
const NOT_ACTIVE = 505;
const NO_FIX = 516;
/** The only format of the model: degrees with a sign. */
const DEGREES = 2;
/** km/h to knots. */
const KNOTS = 1 / 1.852;

export const gnssCommands: CommandTable = {
  '+QGPS': {
    read: (modem, call) => call.ok(`+QGPS: ${modem.gnss.on ? 1 : 0}`),
    write: (modem, call) => {
      call.count(1, 5);
      call.int(0, 1, 4);
      if (modem.gnss.on) throw new Refusal(SESSION_ACTIVE);
      if (modem.pdp.wanted) throw new Refusal('operation not allowed');
      modem.gnss.start();
      call.ok();
    },
  },
  '+QGPSEND': {
    run: (modem, call) => {
      if (!modem.gnss.on) throw new Refusal(NOT_ACTIVE);
      modem.gnss.stop();
      call.ok();
    },
  },
  '+QGPSLOC': {
    write: (modem, call) => {
      call.count(1);
      call.int(0, DEGREES, DEGREES);
      if (!modem.gnss.on) throw new Refusal(NOT_ACTIVE);
      const { fix, flag } = modem.gnss.view;
      if (!fix) throw new Refusal(NO_FIX);
      call.ok(`+QGPSLOC: ${describe(fix, flag === 'fix' ? '3' : '')}`);
    },
  },
};

/** Time, place, HDOP, altitude, 2D or 3D, course, speed in km/h and knots, date, satellites. */
function describe(fix: SkyFix, dimensions: string): string {
  const utc = new Date(fix.utcMs).toISOString();
  const time = `${utc.slice(11, 19).replaceAll(':', '')}.0`;
  const place = [fix.latDeg.toFixed(5), fix.lonDeg.toFixed(5), fix.hdop.toFixed(1), fix.altitudeM.toFixed(1)];
  const speeds = [fix.speedKmh.toFixed(1), (fix.speedKmh * KNOTS).toFixed(1)];
  const date = `${utc.slice(8, 10)}${utc.slice(5, 7)}${utc.slice(2, 4)}`;
  const satellites = String(fix.satellites).padStart(2, '0');
  return [time, ...place, dimensions, fix.courseDeg.toFixed(1), ...speeds, date, satellites].join(',');
}
