import { expect, test } from 'vitest';
import { mockFlash } from '../hal/mock/flash.ts';
import { decodeJournalImage } from '../tools/decode/image.ts';
import { calibrationsOf, correctionOf, recordCalibrations } from './calibration.ts';
import { boot } from './journal/testing/bench.ts';

/** place, correction 2 bytes signed, day 2 bytes, length, certificate. 20454 is 2026-01-01. */
const bytes = (...probes: readonly (readonly [number, number, number, string])[]): Uint8Array =>
  Uint8Array.from(
    probes.flatMap(([place, milliC, day, certificate]) => [
      place,
      (milliC >> 8) & 255,
      milliC & 255,
      day >> 8,
      day & 255,
      certificate.length,
      ...Buffer.from(certificate),
    ]),
  );

const THREE = bytes([1, -310, 20454, 'DKD-K-7/2026'], [2, 125, 0, 'A'], [7, -32768, 65535, 'x'.repeat(16)]);

test('corrections have a sign, are in thousandths of a degree, and belong to a place', () => {
  const calibrations = calibrationsOf(THREE);
  expect([1, 2, 3, 7].map((place) => correctionOf(calibrations, place))).toEqual([-310, 125, 0, -32768]);
  expect(correctionOf([], 1)).toBe(0);
});

test('what is whole counts, up to the first byte that is not in order', () => {
  const count = (damaged: Uint8Array | null): number => calibrationsOf(damaged).length;
  expect(count(null)).toBe(0);
  expect(count(new Uint8Array(0))).toBe(0);
  expect(count(THREE)).toBe(3);
  expect(count(THREE.subarray(0, THREE.length - 1))).toBe(2);
  expect(count(THREE.subarray(0, 24))).toBe(1);
  expect(count(bytes([0, 1, 0, 'A']))).toBe(0);
  expect(count(bytes([8, 1, 0, 'A']))).toBe(0);
  expect(count(bytes([1, 1, 0, '']))).toBe(0);
  expect(count(bytes([1, 1, 0, 'x'.repeat(17)]))).toBe(0);
});

test('the journal says how each probe was calibrated, and the decoder reads it as it was configured', () => {
  const flash = mockFlash(14, 4096);
  const journal = boot(flash);
  journal.poweredOn(0, 0);
  // A view into something larger, as the configuration hands it out.
  const framed = new Uint8Array(THREE.length + 20);
  framed.set(THREE, 9);
  recordCalibrations(journal, framed.subarray(9, 9 + THREE.length));
  const { pages, problems } = decodeJournalImage(flash.cells);
  expect(problems).toEqual([]);
  const records = pages.flatMap((page) => page.blocks.flatMap((block) => block.records));
  expect(records.filter(({ kind }) => kind === 'CALIBRATED')).toMatchObject([
    { place: 1, correctionC: -0.31, dueDay: 20454, certificate: 'DKD-K-7/2026' },
    { place: 2, correctionC: 0.125, dueDay: 0, certificate: 'A' },
    { place: 7, correctionC: -32.768, dueDay: 65535, certificate: 'x'.repeat(16) },
  ]);
  expect(boot(flash).state.nextSeq).toBe(journal.state.nextSeq);
});

test('where none is configured, none is recorded', () => {
  const flash = mockFlash(14, 4096);
  const journal = boot(flash);
  recordCalibrations(journal, null);
  expect(journal.state.nextSeq).toBe(0);
});
