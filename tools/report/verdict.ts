import type { Summary } from '../ride/result.ts';
import { quantity } from './format.ts';

export interface Verdict {
  good: boolean;
  sentence: string;
}

/** Whether every reading taken is in the database once, as it was taken, and nothing else is. */
export function verdictOf(summary: Summary): Verdict {
  const { samples, inDatabase, lost, invented } = summary;
  const delivered = inDatabase - invented;
  const parts = [
    `${quantity(samples)} readings taken`,
    `${quantity(delivered)} delivered exactly once`,
    `${quantity(lost)} lost`,
    `${quantity(invented)} invented`,
  ];
  // A power cut between sampling and storing loses a reading that never reached flash: not "lost", yet not delivered.
  const neverStored = samples - delivered - lost;
  if (neverStored > 0) parts.push(`${quantity(neverStored)} taken and never stored`);
  return { good: lost === 0 && invented === 0 && neverStored <= 0, sentence: parts.join(', ') };
}
