import { ColdrailError } from '../errors/error.ts';
import { type DeviceFault, faults } from '../errors/faults.ts';

/** What is wrong with the value of a key. */
export interface ConfigProblem {
  readonly key: string;
  /** Of docs/errors.md. */
  readonly id: string;
  readonly sentence: string;
  readonly remedy: string;
}

/** A problem by the number that the tracker, or the schema, has for it (hal/faults.ts). */
export function problemOf(key: string, code: number): ConfigProblem {
  const fault: DeviceFault | undefined = faults.find((one) => one.code === code);
  return {
    key,
    id: fault?.id ?? `device.${code}`,
    sentence: fault?.sentence ?? `Error ${code}, which this version does not know.`,
    remedy: fault?.remedy ?? 'Update these tools to the version of the firmware, or a later one.',
  };
}

/** A configuration that was not taken. What was in force still is, unless `isSaved`. */
export class ConfigRefused extends ColdrailError {
  readonly problems: readonly ConfigProblem[];

  constructor(id: 'config.not-applied' | 'config.not-read-back', problems: readonly ConfigProblem[]) {
    super(id, { count: problems.length, keys: problems.map(({ key }) => key).join(', ') });
    this.problems = problems;
  }

  override report(): string {
    const lines = this.problems.flatMap(({ key, id, sentence, remedy }) => [
      `  ${key}: ${sentence} (${id})`,
      `    ${remedy}`,
    ]);
    return [super.report(), ...lines].join('\n');
  }
}
