/** Corrections and certificates of probes, as key 20 of the configuration holds them: docs/config.md. */
import { LAST_PLACE } from '../hal/probe.ts';
import { ARRAY, getBigEndian, putHead, putInteger, TEXT } from './cbor.ts';
import { CALIBRATED } from './journal/format.ts';
import type { Journal } from './journal/journal.ts';

export interface Calibration {
  /** 1 supply, 2 return, 3 ambient, 4 to 7 cargo probes 1 to 4. */
  readonly place: number;
  /** Added to each temperature, thousandths of a degree. */
  readonly correctionMilliC: number;
  /** Days since 1970 at which the next calibration is due; 0: not stated. */
  readonly dueDay: number;
  /** The certificate's number, ASCII. */
  readonly certificate: Uint8Array;
}

/** Place, correction, day and length, before the certificate. */
const HEAD_SIZE = 6;
const LONGEST_CERTIFICATE = 16;

/** What is whole and in order from the beginning on; a probe that is not named is not corrected. */
export function calibrationsOf(bytes: Uint8Array | null): Calibration[] {
  const found: Calibration[] = [];
  if (bytes === null) return found;
  let at = 0;
  while (at + HEAD_SIZE <= bytes.length) {
    const place = bytes[at];
    const length = bytes[at + 5];
    if (place < 1 || place > LAST_PLACE || length < 1 || length > LONGEST_CERTIFICATE) break;
    if (at + HEAD_SIZE + length > bytes.length) break;
    const correction = getBigEndian(bytes, at + 1, 2);
    found.push({
      place,
      correctionMilliC: correction < 32768 ? correction : correction - 65536,
      dueDay: getBigEndian(bytes, at + 3, 2),
      certificate: new Uint8Array(bytes.buffer, bytes.byteOffset + at + HEAD_SIZE, length),
    });
    at += HEAD_SIZE + length;
  }
  return found;
}

/** The correction of the probe at `place`. */
export function correctionOf(calibrations: readonly Calibration[], place: number): number {
  for (let i = 0; i < calibrations.length; i++)
    if (calibrations[i].place === place) return calibrations[i].correctionMilliC;
  return 0;
}

/** Put down how the probes were calibrated. */
export function recordCalibrations(journal: Journal, bytes: Uint8Array | null): void {
  const calibrations = calibrationsOf(bytes);
  for (let i = 0; i < calibrations.length; i++) {
    const calibration = calibrations[i];
    const certificate = calibration.certificate;
    const item = new Uint8Array(2 * HEAD_SIZE + certificate.length);
    let at = putHead(item, 0, ARRAY, 5);
    at = putInteger(item, at, CALIBRATED);
    at = putInteger(item, at, calibration.place);
    at = putInteger(item, at, calibration.correctionMilliC);
    at = putInteger(item, at, calibration.dueDay);
    at = putHead(item, at, TEXT, certificate.length);
    item.set(certificate, at);
    journal.ring.appendItem(new Uint8Array(item.buffer, 0, at + certificate.length));
  }
}
