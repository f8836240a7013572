import { GSM, LTE, LTE_M, NB_IOT } from '../../hal/link.ts';
import type { RadioTechnology } from '../sim/chips/radio.ts';

/** Technologies as the device numbers them. */
export const TECHNOLOGY_NUMBERS: Readonly<Record<RadioTechnology, number>> = {
  'LTE-M': LTE_M,
  'NB-IoT': NB_IOT,
  GSM,
  LTE,
};

export const TECHNOLOGIES = Object.keys(TECHNOLOGY_NUMBERS) as readonly RadioTechnology[];

export function technologyName(number: number): RadioTechnology {
  return TECHNOLOGIES.find((name) => TECHNOLOGY_NUMBERS[name] === number) as RadioTechnology;
}
