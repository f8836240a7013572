import { parseBrokerUrl } from '../broker/url.ts';
import { ColdrailError } from '../errors/error.ts';
import { findBattery } from '../sim/batteries.ts';

export interface RideOptions {
  scenario: string;
  board: string;
  seed: number;
  /** Undefined: the whole journey. */
  days?: number;
  intervalS: number;
  /** mqtt:// or mqtts:// URL; undefined: the embedded broker. */
  broker?: string;
  /** Port of the embedded broker; undefined: a free one. */
  brokerPort?: number;
  /** CSV file that drives the sensors instead of the box model. */
  climate?: string;
  climateColumns: { time?: string; temperature?: string; humidity?: string };
  out: string;
  /** Hours since departure at which the embedded broker dies, and for how many hours. */
  brokerOutage?: { atHour: number; hours: number };
  /** Hours since departure at which power fails in the next flash write. */
  powerCutAtHours: number[];
  /** Name of the battery that the tracker lives on; undefined: a constant 3.9 V. */
  battery?: string;
  /** Percent of the battery's capacity that are left in it at departure; undefined: it is full. */
  chargePct?: number;
  /** The tracker is fed from the reefer's socket while that has mains. */
  mains?: boolean;
}

/** A number from the command line within bounds, or an error that names the option. */
export function numberOption(option: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < low || value > high)
    throw new ColdrailError('usage.number', { option, text, low, high });
  return value;
}

/** Options that exclude each other. */
export function checkOptions(options: RideOptions): void {
  if (options.broker) parseBrokerUrl(options.broker);
  if (options.broker && options.brokerOutage) throw new ColdrailError('usage.outage-needs-own-broker');
  if (options.battery !== undefined) findBattery(options.battery);
  else if (options.chargePct !== undefined)
    throw new ColdrailError('usage.unknown-option', {
      detail: '--charge is of a battery, and --battery names none',
    });
}

/** A whole number from the command line within bounds. */
export function integerOption(option: string, text: string, low: number, high: number): number {
  const value = numberOption(option, text, low, high);
  if (!Number.isInteger(value)) throw new ColdrailError('usage.integer', { option, text, low, high });
  return value;
}

/** "HOUR" or "HOUR+HOURS", as in 120+1. */
export function outageOption(text: string): { atHour: number; hours: number } {
  const [at = '', hours = '1', ...rest] = text.split('+');
  const isNumber = (part: string): boolean => part.trim() !== '' && Number.isFinite(Number(part));
  if (rest.length > 0 || !isNumber(at) || !isNumber(hours)) throw new ColdrailError('usage.outage', { text });
  return {
    atHour: numberOption('--broker-outage', at, 0, 10_000),
    hours: numberOption('--broker-outage', hours, 0.01, 1000),
  };
}
