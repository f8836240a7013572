import { canAsk, confirm } from '../console/commands/ask.ts';
import type { DeviceFlags } from '../console/commands/device-command.ts';
import { type Session, tell, withTracker } from '../console/commands/with-tracker.ts';
import { ColdrailError } from '../errors/error.ts';

/** A tracker that takes changes. */
export type Plugged = Pick<Session, 'client' | 'hello' | 'reconnect'>;

/** Where trackers are plugged in, and who is asked. */
export interface Workbench {
  /**
   * Do something with the tracker that is plugged in now, unlocked; its line is closed behind it.
   * @throws ColdrailError `serial.*`, `console.*`; DeviceError, LinkError
   */
  readonly plugged: <T>(run: (tracker: Plugged) => Promise<T>) => Promise<T>;
  /** Whether a person can be asked; without one everything goes on by itself. */
  readonly isAttended: boolean;
  /** False: no. */
  readonly ask: (question: string) => Promise<boolean>;
  /** News for a person. */
  readonly say: (sentence: string) => void;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * A serial port and the terminal.
 * @throws ColdrailError `usage.needs-yes` where there is nobody to ask
 */
export function terminalBench(flags: DeviceFlags): Workbench {
  if (!flags.yes && !canAsk())
    throw new ColdrailError('usage.needs-yes', { question: 'Is the right tracker plugged in?' });
  return {
    plugged: (run) =>
      withTracker(flags, async (session) => {
        await session.unlock();
        return await run(session);
      }),
    isAttended: !flags.yes,
    ask: (question) => confirm(question, false),
    say: tell,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
