import { OK } from '../../hal/faults.ts';
import type { ModemProfile, Stage } from '../../hal/modem/profile.ts';
import type { Step } from '../../hal/modem/steps.ts';

export interface Watcher {
  began(stage: Stage): void;
  /** All steps of the stage have passed. */
  passed(stage: Stage): void;
  /** A line of the modem's stands for this fault. */
  judged(fault: number): void;
  /** A question whose answer must have `want` in it comes up. */
  wants(question: string, want: string): void;
}

/** A step that is left out, and tells that it was come to. */
function mark(reached: () => void): Step {
  let told = false;
  return {
    at: '',
    withinS: 0,
    fault: OK,
    // Every firmware version begins with the empty text.
    get notOn() {
      if (!told) reached();
      told = true;
      return '';
    },
  };
}

/** The same profile, whose dialogues tell how they go. */
export function watched(profile: ModemProfile, watcher: Watcher): ModemProfile {
  const overheard = (step: Step): Step => {
    const { at, judge, otherwise, want } = step;
    if (want !== undefined && !want[0].includes('{')) watcher.wants(at, want[0]);
    return {
      ...step,
      ...(judge && {
        judge: (line: string): number => {
          const fault = judge(line);
          if (fault > OK) watcher.judged(fault);
          return fault;
        },
      }),
      ...(otherwise && { otherwise: otherwise.map(overheard) }),
    };
  };
  return {
    ...profile,
    script: (stage) => [
      mark(() => watcher.began(stage)),
      ...profile.script(stage).map(overheard),
      mark(() => watcher.passed(stage)),
    ],
  };
}
