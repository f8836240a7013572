import type { Visit } from './visit.ts';

/** What a technician does at a tracker, in order. */
export const STEPS = ['connect', 'check', 'configure', 'trip', 'selftest', 'log', 'protocol'] as const;

export type StepName = (typeof STEPS)[number];

/** `open`: not done yet. Of the self-test what it found. */
export type StepState = 'open' | 'good' | 'warning' | 'bad';

export function stepState(step: StepName, visit: Visit, isConnected: boolean): StepState {
  if (step === 'connect') return isConnected ? 'good' : 'open';
  if (step === 'check') return visit.status && visit.live.length > 0 ? 'good' : 'open';
  if (step === 'configure') return visit.saves.length > 0 || visit.isConfigLeft ? 'good' : 'open';
  if (step === 'trip') return visit.trip ? 'good' : 'open';
  if (step === 'log') return visit.log?.isSaved ? 'good' : 'open';
  if (step === 'protocol') return visit.isProtocolKept ? 'good' : 'open';
  if (!visit.selfTest) return 'open';
  return visit.selfTest.verdict === 0 ? 'good' : visit.selfTest.verdict === 1 ? 'warning' : 'bad';
}

/** The step behind or in front of one; undefined at the end. */
export function neighbour(step: StepName, by: 1 | -1): StepName | undefined {
  return STEPS[STEPS.indexOf(step) + by];
}
