import type { Message } from '../../console/frame.ts';
import type { App } from './app.ts';
import { selfTestOf, type TestedStep, testedStepOf } from './self-test.ts';

/** The longest that a step says nothing: a search for satellites or for a network, and then some. */
const SILENCE_MS = 600_000;

/**
 * Behind a test with a modem the tracker starts again; what it found stands by then.
 * @throws DeviceError, LinkError, and as `Session.afterRestart`
 */
export async function runSelfTest(app: App, onStep: (step: TestedStep) => void): Promise<void> {
  const { session, visit } = app;
  const steps: TestedStep[] = [];
  const fields: Record<string, unknown> = { who: visit.who };
  if (visit.skips.gnss) fields['gnss'] = 0;
  if (visit.skips.modem) fields['modem'] = 0;
  const onPart = (part: Message): void => {
    const step = testedStepOf(part);
    if (!step) return;
    steps.push(step);
    onStep(step);
  };
  // A second one would be tested, and recorded, again.
  const last = await session.request('selftest', fields, { timeoutMs: SILENCE_MS, attempts: 1, onPart });
  visit.selfTest = selfTestOf(last, steps, Date.now());
  if (steps.some(({ step, verdict }) => step === 'sim' && verdict !== 3)) await session.afterRestart();
}
