import {
  HOST_UNKNOWN,
  HOST_UNREACHABLE,
  MODEM_FIRMWARE,
  MODEM_REFUSED,
  MODEM_RESTARTED,
  MODEM_SILENT,
  NO_DATA_CONTEXT,
  OK,
  STREAM_CLOSED,
  STREAM_STALLED,
} from '../faults.ts';
import { RUNG_PDP, RUNG_PWRKEY, RUNG_RAIL, RUNG_SOCKET } from '../link.ts';
import { contains } from '../text.ts';
import type { Ascent } from './ascent.ts';
import { connect } from './dialling.ts';
import { register } from './registration.ts';

/** The modem has come up, or has not. */
function upWith(ascent: Ascent, fault: number): void {
  if (ascent.isOver) return;
  if (fault !== OK) {
    // Power has had its own second try; a rail that is stuck stays stuck.
    ascent.settle(fault);
    return;
  }
  const power = ascent.power;
  const unusable = power.profile.unusable;
  const firmware = power.values.text['firmware'] || '';
  for (let i = 0; i < unusable.length; i++) {
    if (!contains(firmware, unusable[i])) continue;
    ascent.settle(MODEM_FIRMWARE);
    return;
  }
  register(ascent);
}

function climb(ascent: Ascent, rung: number): void {
  ascent.progress.rung = rung;
  ascent.dialling = false;
  ascent.chargeSearch();
  if (rung >= RUNG_PWRKEY) {
    ascent.power.restart(rung, (fault) => {
      upWith(ascent, fault);
    });
    return;
  }
  ascent.hold('hang-up', () => {
    if (rung === RUNG_SOCKET) connect(ascent);
    else
      ascent.hold('detach', () => {
        if (rung === RUNG_PDP) ascent.dial();
        else
          ascent.pass('reset', () => {
            register(ascent);
          });
      });
  });
}

/** From the modem that is off, or from that rung of the ladder. */
export function begin(ascent: Ascent, rung: number): void {
  if (rung >= RUNG_PWRKEY) climb(ascent, rung);
  else
    ascent.power.on((fault) => {
      upWith(ascent, fault);
    });
}

/** Go on from further up the ladder, where a rung may cure this fault; else that was it. */
export function recover(ascent: Ascent, fault: number): void {
  const power = ascent.power;
  let first = RUNG_SOCKET;
  let last = 0;
  switch (fault) {
    case HOST_UNREACHABLE:
    case HOST_UNKNOWN:
      last = RUNG_PDP;
      break;
    case NO_DATA_CONTEXT:
      first = RUNG_PDP;
      last = RUNG_PDP;
      break;
    case STREAM_CLOSED:
    case STREAM_STALLED:
      last = RUNG_RAIL;
      break;
    case MODEM_REFUSED:
    case MODEM_SILENT:
    case MODEM_RESTARTED:
      first = RUNG_PWRKEY;
      last = RUNG_RAIL;
      break;
    default:
      break;
  }
  if (last > 0 && power.state !== 'on') first = RUNG_PWRKEY;
  if (power.wiring.supply === null) last = Math.min(last, RUNG_PWRKEY);
  const next = Math.max(first, ascent.progress.rung + 1);
  if (next > last) {
    ascent.settle(fault);
    return;
  }
  power.recoveries.push(next, fault);
  climb(ascent, next);
}
