/** What feeds the tracker and goes on around it, as bits of one number: docs/journal.md, CONDITIONS. */
import type { SocketSignals } from '../hal/reefer-socket.ts';

/** Level of the power ladder, 0 to 3 (firmware/power/ladder.ts). */
export const POWER_LEVEL = 3;
/** Power from outside. */
export const EXTERNAL_POWER = 4;
/** Charging is allowed. */
export const CHARGING = 8;
export const DOOR_OPEN = 16;
/** The reefer's signals are known; the next three are 0 where they are not. */
export const SOCKET = 32;
export const COMPRESSOR = 64;
export const DEFROST = 128;
export const IN_RANGE = 256;

/** The reefer's signals, which are known, as bits. */
export function signalBits(signals: SocketSignals): number {
  return (
    SOCKET +
    (signals.compressor ? COMPRESSOR : 0) +
    (signals.defrost ? DEFROST : 0) +
    (signals.inRange ? IN_RANGE : 0)
  );
}

/** Whether `after` is worth a record. A compressor starts and stops by itself, many times a day. */
export function isWorthTelling(before: number, after: number): boolean {
  return (before & ~COMPRESSOR) !== (after & ~COMPRESSOR);
}

/** Whether somebody has been at the container: it may stand under another sky now. */
export function changesPlace(before: number, after: number): boolean {
  return ((before ^ after) & (EXTERNAL_POWER | DOOR_OPEN)) !== 0;
}

/** Whether air in front of the probes tells less than usual about the cargo. */
export function isMasked(conditions: number): boolean {
  return (conditions & (DOOR_OPEN | DEFROST)) !== 0;
}
