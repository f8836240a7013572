/** A journey of readings that are judged, for the interpreter and for the host: each reading is a boot. */
import { judgeReadings } from '../../../firmware/alarms.ts';
import { KEY_RULES } from '../../../firmware/config/schema.ts';
import { configOf, type Values } from '../../../firmware/config/values.ts';
import { CODE_BIAS, MISSING } from '../../../firmware/journal/format.ts';
import { Journal } from '../../../firmware/journal/journal.ts';
import type { Sampling } from '../../../firmware/journal/scale.ts';
import { meanKineticTemp } from '../../../firmware/judge/mkt.ts';
import type { Crypto } from '../../../hal/crypto.ts';
import type { FlashRegion } from '../../../hal/flash.ts';

export const READINGS = 200;
const SAMPLING: Sampling = { intervalS: 600, tempStep: 100, humidityStep: 500, channels: [2, 4] };

/**
 * Above 8 C at once, above 7 C for 30 min at a time, at or below 2 C for 20 min in all, mean kinetic above 6 C in 8 h; return
 * air and the first cargo probe, 0.3 K back, 1 K of grace.
 */
const RULES = [
  0x01, 0x00, 0x14, 0x80, 0x1f, 0x40, 0x00, 0x00, 0x00, 0x01, 0x2c, 0x03, 0xe8, 0x00, 0x14, 0x80, 0x1b, 0x58,
  0x00, 0x07, 0x08, 0x01, 0x2c, 0x00, 0x00, 0x0b, 0x14, 0x80, 0x07, 0xd0, 0x00, 0x04, 0xb0, 0x01, 0x2c, 0x00,
  0x00, 0x04, 0x14, 0x80, 0x17, 0x70, 0x00, 0x70, 0x80, 0x00, 0xc8, 0x00, 0x00,
];

/** In tenths of a degree: from 1 to 3 C, or 8 to 10 C, and a probe that fails now and then. */
function codeOf(n: number): number {
  if (n % 19 === 11) return MISSING;
  return CODE_BIAS + 60 + Math.floor(((n * 37) % 101) / 5) - 10 + (Math.floor(n / 60) % 2 === 0 ? -40 : 30);
}

/** What is known behind each reading: whether something is wrong, the next seq, and that of the last alarm. */
export function judgedLife(flash: FlashRegion, crypto: Crypto, line: (line: string) => void): void {
  const values: Values = {};
  values[KEY_RULES] = new Uint8Array(RULES);
  const config = configOf(values);
  for (let n = 0; n < READINGS; n++) {
    const journal = new Journal(flash, crypto, SAMPLING, null, config);
    journal.mount();
    if (n % 50 === 0) journal.poweredOn(0, 3);
    const state = journal.state;
    journal.reading(state.rowClockS + state.intervalS, [codeOf(n), codeOf(n + 5)]);
    const isDisturbed = judgeReadings(journal, config);
    line(`${n} ${isDisturbed ? 'disturbed' : 'in order'} ${state.nextSeq} ${state.alarmSeq}`);
  }
}

/** Mean kinetic temperatures of known courses, in ten-thousandths of a degree Celsius. */
export function meanKineticLife(line: (line: string) => void): void {
  const courses = [
    [2000, 8000],
    [2000, 4000, 6000, 8000, 10000],
    [20000, 40000],
    [5000, 15000],
  ];
  const weights = [
    [1, 1],
    [1, 1, 1, 1, 1],
    [9, 1],
    [23, 1],
  ];
  for (let i = 0; i < courses.length; i++)
    line(`mean ${Math.round((meanKineticTemp(courses[i], weights[i]) as number) * 10)}`);
}
