/**
 * Modem dialogues as data: a list of steps, each a command, what must come back, and by when.
 */
import type { Clock } from '../clock.ts';
import { OK } from '../faults.ts';
import { contains } from '../text.ts';
import type { AtChannel } from './at-channel.ts';

export interface Step {
  /** The command; `{name}` is filled in from the dialogue's values. */
  readonly at: string;
  readonly withinS: number;
  /** The fault when the step fails for good; OK makes it optional. */
  readonly fault: number;
  /** Part of an answer line that must be there. Any of them will do. */
  readonly want?: readonly string[];
  /** A line that must come as well, before or after the final code, and until when. */
  readonly urc?: string;
  readonly urcWithinS?: number;
  /** Tells the fault that a `urc` line stands for; OK accepts it. */
  readonly judge?: (line: string) => number;
  /** Attempts in all, and the pause between them. */
  readonly tries?: number;
  readonly everyMs?: number;
  /** Name of the value that is sent as raw bytes at the prompt. */
  readonly payload?: string;
  /** What to do before one more attempt when all others failed: read, compare, write only on change. */
  readonly otherwise?: readonly Step[];
}

/** What the placeholders of a dialogue stand for. */
export interface Values {
  readonly text: Record<string, string>;
  readonly bytes: Record<string, Uint8Array>;
}

function filled(template: string, values: Values): string {
  let text = '';
  let at = 0;
  let open = template.indexOf('{');
  while (open >= 0) {
    const close = template.indexOf('}', open);
    text += template.substring(at, open) + (values.text[template.substring(open + 1, close)] || '');
    at = close + 1;
    open = template.indexOf('{', at);
  }
  return text + template.substr(at);
}

function wanted(step: Step, lines: readonly string[]): boolean {
  const want = step.want;
  if (want === undefined) return true;
  for (let i = 0; i < lines.length; i++) {
    for (let k = 0; k < want.length; k++) if (contains(lines[i], want[k])) return true;
  }
  return false;
}

/**
 * Run `steps` in order; `done` gets OK or the fault of the step that failed for good. When the channel is told to abandon
 * what is under way, the rest is not run and `done` is not called.
 */
export function runSteps(
  channel: AtChannel,
  clock: Clock,
  steps: readonly Step[],
  values: Values,
  done: (fault: number) => void,
): void {
  const abandons = channel.abandons;
  let index = 0;

  function run(step: Step, triesLeft: number, mended: boolean, ended: (fault: number) => void): void {
    let final = '';
    let faultOfUrc = step.urc === undefined ? OK : -1;
    let settled = false;

    function settle(): void {
      // A line may come, or fail to come, long after the command itself has failed.
      if (settled || final === '' || (final === 'ok' && faultOfUrc < 0)) return;
      settled = true;
      if (final === 'ok' && faultOfUrc === OK) {
        ended(OK);
      } else if (triesLeft > 1) {
        clock.after(step.everyMs || 100, () => {
          if (channel.abandons === abandons) run(step, triesLeft - 1, mended, ended);
        });
      } else if (step.otherwise !== undefined && !mended) {
        runSteps(channel, clock, step.otherwise, values, (fault) => {
          if (fault === OK) run(step, 1, true, ended);
          else ended(fault);
        });
      } else {
        ended(faultOfUrc > 0 ? faultOfUrc : step.fault);
      }
    }

    if (step.urc !== undefined) {
      channel.expect(step.urc, (step.urcWithinS || step.withinS) * 1000, (line) => {
        if (line === null) faultOfUrc = step.fault;
        else faultOfUrc = step.judge === undefined ? OK : step.judge(line);
        settle();
      });
    }
    const answered = (result: string, lines: readonly string[]): void => {
      final = result === 'ok' && wanted(step, lines) ? 'ok' : 'failed';
      settle();
    };
    const command = filled(step.at, values);
    const payload = step.payload === undefined ? undefined : values.bytes[step.payload];
    if (payload !== undefined) {
      channel.commandWithPayload(command, payload, step.withinS * 1000, (result) => {
        answered(result, []);
      });
    } else {
      channel.command(command, step.withinS * 1000, answered);
    }
  }

  function next(): void {
    if (index >= steps.length) {
      done(OK);
      return;
    }
    const step = steps[index++];
    run(step, step.tries || 1, false, (fault) => {
      if (fault === OK || step.fault === OK) next();
      else done(fault);
    });
  }

  next();
}
