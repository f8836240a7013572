/**
 * Power saving mode: the modem sleeps, still registered, between two contacts (periodic TAU), and is reached for a moment
 * behind each (active time). 3GPP TS 24.008, 10.5.7.4a and 10.5.7.3: three bits of unit, five of count.
 */
import { fieldOf } from './reports.ts';

/** 2 s: nobody sends to a tracker that has not just spoken. */
export const ACTIVE_BITS = '00000001';
const TEN_MINUTES_S = 600;
const HOUR_S = 3600;
/** Units of T3412 extended by their three bits, seconds; 7 is off. */
const UNITS_S = [TEN_MINUTES_S, HOUR_S, 36000, 2, 30, 60, 1152000, 0];

/** The nearest TAU that is not shorter, 600 to 111600 s. */
export function tauBits(seconds: number): string {
  const unit = seconds <= 31 * TEN_MINUTES_S ? 0 : 1;
  let bits = Math.min(31, Math.ceil(seconds / UNITS_S[unit])) + unit * 32;
  let text = '';
  for (let bit = 0; bit < 8; bit++) {
    text = (bits & 1) + text;
    bits >>= 1;
  }
  return text;
}

/**
 * The TAU that the network has granted, seconds, in `+CEREG: 4,stat,tac,ci,AcT,,,"active time","TAU"`; 0 when it has refused, or
 * has not said.
 */
export function grantedTauS(line: string): number {
  const bits = fieldOf(line, 8);
  if (bits.length !== 8) return 0;
  let value = 0;
  for (let i = 0; i < 8; i++) value = value * 2 + (bits.charAt(i) === '1' ? 1 : 0);
  return UNITS_S[value >> 5] * (value & 31);
}
