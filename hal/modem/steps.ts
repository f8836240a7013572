/**
 * Modem dialogues as data: a list of steps, each a command, what must come back, and by when.
 */
import type { Clock } from '../clock.ts';
import { OK } from '../faults.ts';
import { contains } from '../text.ts';
import type { Answer, AtChannel, Manner } from './at-channel.ts';

/** What `judge` says of a line that decides nothing: another attempt may bring another. */
export const UNDECIDED = -1;

export interface Step extends Answer {
  /** The command; `{name}` is filled in from the dialogue's values. */
  readonly at: string;
  readonly withinS: number;
  /** The fault when the step fails for good; OK makes it optional. */
  readonly fault: number;
  /** Part of an answer line that must be there, `{name}` filled in. Any of them will do. */
  readonly want?: readonly string[];
  /** A line that must come as well, before or after the final code, and until when. */
  readonly urc?: string;
  readonly urcWithinS?: number;
  /**
   * Tells the fault that a line stands for: the `urc` line, or without one each answer line, and `+CME ERROR` in any case.
   * OK accepts it, UNDECIDED leaves things as they are; any other fault ends the dialogue without another attempt. A bare
   * OK is accepted where no line came to be judged.
   */
  readonly judge?: (line: string) => number;
  /** Name of the value that takes the first answer line. */
  readonly keep?: string;
  /** Attempts in all, and the pause between them. */
  readonly tries?: number;
  readonly everyMs?: number;
  /** Name of the value that is sent as raw bytes at the prompt. */
  readonly payload?: string;
  /** What to do before one more attempt when all others failed: read, compare, write only on change. */
  readonly otherwise?: readonly Step[];
  /** Left out where this stands in the version of the modem's firmware: it does not know the command. */
  readonly notOn?: string;
}

/** What the placeholders of a dialogue stand for. `firmware` is the modem's own. */
export interface Values {
  readonly text: Record<string, string>;
  /** What is sent behind a prompt; a function is asked for it then. */
  readonly bytes: Record<string, Uint8Array | string | (() => string)>;
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

function wanted(step: Step, lines: readonly string[], values: Values): boolean {
  const want = step.want;
  if (want === undefined) return true;
  for (let i = 0; i < lines.length; i++) {
    for (let k = 0; k < want.length; k++) if (contains(lines[i], filled(want[k], values))) return true;
  }
  return false;
}

/** The first verdict on these lines that is one. */
function judged(step: Step, lines: readonly string[]): number {
  if (step.judge === undefined) return UNDECIDED;
  for (let i = 0; i < lines.length; i++) {
    const fault = step.judge(lines[i]);
    if (fault !== UNDECIDED) return fault;
  }
  return UNDECIDED;
}

/**
 * Go on with `then`, unless everything has been abandoned. From the clock: what comes next begins on an empty stack, and
 * with the memory of what has been.
 */
function goOn(channel: AtChannel, clock: Clock, then: (fault: number) => void, fault: number): void {
  const abandons = channel.abandons;
  clock.after(0, () => {
    if (channel.abandons === abandons) then(fault);
  });
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
    /** The verdict on the lines that came: UNDECIDED, OK or a fault. */
    let verdict = step.urc === undefined && step.judge === undefined ? OK : UNDECIDED;
    let urcMissing = step.urc !== undefined;
    let settled = false;

    function settle(): void {
      // A line may come, or fail to come, long after the command itself has failed.
      if (settled || final === '' || (final === 'ok' && urcMissing)) return;
      settled = true;
      if (final === 'ok' && verdict === OK) {
        goOn(channel, clock, ended, OK);
      } else if (verdict > OK) {
        goOn(channel, clock, ended, verdict);
      } else if (triesLeft > 1) {
        clock.after(step.everyMs || 100, () => {
          if (channel.abandons === abandons) run(step, triesLeft - 1, mended, ended);
        });
      } else if (step.otherwise !== undefined && !mended) {
        const otherwise = step.otherwise;
        const mend = (): void => {
          runSteps(channel, clock, otherwise, values, (fault) => {
            if (fault === OK) run(step, 1, true, ended);
            else ended(fault);
          });
        };
        goOn(channel, clock, mend, OK);
      } else {
        goOn(channel, clock, ended, step.fault);
      }
    }

    if (step.urc !== undefined) {
      channel.expect(step.urc, (step.urcWithinS || step.withinS) * 1000, (line) => {
        urcMissing = false;
        if (line === null) verdict = UNDECIDED;
        else verdict = step.judge === undefined ? OK : step.judge(line);
        settle();
      });
    }
    const payload = step.payload === undefined ? undefined : values.bytes[step.payload];
    const manner = payload === undefined ? step : { payload, final: step.final, enough: step.enough };
    channel.ask(filled(step.at, values), step.withinS * 1000, manner as Manner, (result, lines) => {
      if (verdict === UNDECIDED && (step.urc === undefined || result === 'error'))
        verdict = result === 'ok' && lines.length === 0 ? OK : judged(step, lines);
      if (step.keep !== undefined && result === 'ok' && lines.length > 0) values.text[step.keep] = lines[0];
      final = result === 'ok' && wanted(step, lines, values) ? 'ok' : 'failed';
      settle();
    });
  }

  function next(): void {
    if (index >= steps.length) {
      if (index === 0) done(OK);
      else goOn(channel, clock, done, OK);
      return;
    }
    const step = steps[index++];
    if (step.notOn !== undefined && contains(values.text['firmware'] || '', step.notOn)) {
      next();
      return;
    }
    run(step, step.tries || 1, false, (fault) => {
      if (fault === OK || step.fault === OK) next();
      else goOn(channel, clock, done, fault);
    });
  }

  next();
}
