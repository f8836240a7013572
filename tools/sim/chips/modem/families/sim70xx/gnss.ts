import type { SkyFix } from '../../../radio.ts';
import { Refusal } from '../../call.ts';
import { accepted, type CommandTable } from '../../commands/command.ts';
import type { GnssView } from '../../gnss.ts';
import type { Running } from '../../running.ts';

/** Seen on real parts before a first fix. */
const JUNK_POSITION = ['44.060004', '20.920002'] as const;
const flags = { fix: '1', none: '0', empty: '' } as const;

/** What a fix looks like from the third field on: time, position and all that follows. */
export type FixFields = (fix: SkyFix) => readonly string[];

export function gnssCommands(fieldCount: number, fixFields: FixFields): CommandTable {
  return {
    '+CGNSPWR': {
      read: (modem, call) => call.ok(`+CGNSPWR: ${modem.gnss.on ? 1 : 0}`),
      write: (modem, call) => {
        call.count(1);
        if (call.int(0, 0, 1) === 0) modem.gnss.stop();
        else if (modem.family.exclusiveRadio && modem.pdp.wanted) throw new Refusal('operation not allowed');
        else modem.gnss.start();
        call.ok();
      },
    },
    '+CGNSINF': {
      run: (modem, call) => call.ok(`+CGNSINF: ${report(modem, fieldCount, fixFields)}`),
    },
    '+CGNSMOD': {
      write: (modem, call) => {
        call.count(5);
        for (let index = 0; index < 5; index++) call.int(index, 0, 1);
        accepted(modem, call);
      },
    },
    '+CGNSCOLD': {
      run: (modem, call) => {
        modem.gnss.forget();
        call.ok();
      },
    },
    '+CGNSWARM': { run: accepted },
    '+CGNSHOT': { run: accepted },
  };
}

function report(modem: Running, fieldCount: number, fixFields: FixFields): string {
  if (!modem.gnss.on) return pad(['0'], fieldCount);
  const { view } = modem.gnss;
  if (view.fix) return pad(['1', flags[view.flag], ...fixFields(view.fix)], fieldCount);
  const neverSet = `198001060000${modem.random.int(10, 59)}.000`;
  return pad(['1', flags[view.flag], neverSet, ...withoutFix(view)], fieldCount);
}

function withoutFix({ last, junk }: GnssView): readonly string[] {
  if (last) return position(last);
  return junk ? JUNK_POSITION : ['', ''];
}

function pad(fields: readonly string[], count: number): string {
  return [...fields, ...Array.from({ length: count - fields.length }, () => '')].join(',');
}

export function position(fix: SkyFix): readonly string[] {
  return [fix.latDeg.toFixed(6), fix.lonDeg.toFixed(6)];
}

/** yyyyMMddhhmmss.sss */
export function stamp(utcMs: number): string {
  return new Date(utcMs).toISOString().replace(/[-T:]/g, '').slice(0, 18);
}

/** Altitude m, speed km/h, course degrees, fix mode, reserved, HDOP, PDOP, VDOP, reserved. */
export function motion(fix: SkyFix): readonly string[] {
  const moving = [fix.altitudeM.toFixed(3), fix.speedKmh.toFixed(2), fix.courseDeg.toFixed(2)];
  const dilution = [fix.hdop, fix.hdop * 1.4, fix.hdop * 0.95].map((value) => value.toFixed(1));
  return [...moving, '1', '', ...dilution, ''];
}

/** Horizontal and vertical accuracy, m. */
export function accuracy(fix: SkyFix): readonly string[] {
  return [(fix.hdop * 6).toFixed(1), (fix.hdop * 9).toFixed(1)];
}
