import type { SkyFix } from '../../../radio.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Running } from '../../running.ts';
import { between, S } from '../../scope.ts';
import { stateOf } from '../../state-of.ts';

/** km/h to knots. */
const KNOTS = 1 / 1.852;
/** The engine is on, or on its way. */
const wanted = stateOf((_modem: Running) => ({ value: false }));

export const gnssCommands: CommandTable = {
  '+CGNSSPWR': {
    read: (modem, call) => call.ok(`+CGNSSPWR: ${wanted(modem).value ? 1 : 0},0,0`),
    write: (modem, call) => {
      call.count(1, 3);
      const on = call.int(0, 0, 1) === 1;
      const was = wanted(modem).value;
      wanted(modem).value = on;
      call.ok();
      if (!on) modem.gnss.stop();
      else if (!was) modem.scope.after(between(modem.random, S, 9 * S), () => start(modem));
    },
  },
  '+CGNSSINFO': {
    run: (modem, call) => {
      const report = information(modem);
      // Seen in the field: at times no line at all.
      if (report === undefined || modem.random.int(0, 11) === 0) call.ok();
      else call.ok(`+CGNSSINFO: ${report}`);
    },
  },
};

function start(modem: Running): void {
  if (!wanted(modem).value) return;
  modem.gnss.start();
  modem.urc('+CGNSSPWR: READY!');
}

function information(modem: Running): string | undefined {
  if (!modem.gnss.on) return ',,,,,,,,';
  const { fix, flag } = modem.gnss.view;
  return fix ? describe(fix, flag === 'fix' ? '3' : '') : ',,,,,,,,';
}

/** Mode, satellites of GPS, BeiDou, GLONASS and Galileo, place, time, motion, PDOP, HDOP, VDOP, and one field more. */
function describe(fix: SkyFix, mode: string): string {
  const satellites = [String(fix.satellites).padStart(2, '0'), '', '00', '00'];
  const latitude = [Math.abs(fix.latDeg).toFixed(7), fix.latDeg < 0 ? 'S' : 'N'];
  const longitude = [Math.abs(fix.lonDeg).toFixed(7), fix.lonDeg < 0 ? 'W' : 'E'];
  const utc = new Date(fix.utcMs).toISOString();
  const date = `${utc.slice(8, 10)}${utc.slice(5, 7)}${utc.slice(2, 4)}`;
  const time = `${utc.slice(11, 19).replaceAll(':', '')}.00`;
  const motion = [fix.altitudeM.toFixed(1), (fix.speedKmh * KNOTS).toFixed(3), ''];
  const dilution = [fix.hdop * 1.4, fix.hdop, fix.hdop * 0.95].map((value) => value.toFixed(2));
  return [mode, ...satellites, ...latitude, ...longitude, date, time, ...motion, ...dilution, '0'].join(',');
}
