import { faults } from './faults.ts';

/** What a tracker answered with an error, in the words of the catalogue (hal/faults.ts). */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
  readonly code: number;
  readonly id: string;
  readonly remedy: string;
  /** What it is about, such as the key; empty where the tracker did not say. */
  readonly about: string;
  /** The whole answer, which may tell more. */
  readonly answer: Readonly<Record<string, unknown>>;
  readonly exitCode = 1;

  constructor(code: number, about = '', answer: Readonly<Record<string, unknown>> = {}) {
    const fault = faults.find((one) => one.code === code);
    super(fault?.sentence ?? `The tracker answered with error ${code}, which this version does not know.`);
    this.code = code;
    this.id = fault?.id ?? `device.${code}`;
    this.remedy = fault?.remedy ?? 'Update these tools to the version of the firmware, or a later one.';
    this.about = about;
    this.answer = answer;
  }

  /** The error in the last line of an answer. */
  static from(answer: Readonly<Record<string, unknown>>): DeviceError {
    return new DeviceError(Number(answer['error']), String(answer['about'] ?? ''), answer);
  }

  /** Two lines for a person: what happened, and what to do. */
  report(): string {
    const about = this.about === '' ? '' : ` (${this.about})`;
    return `error ${this.id}: ${this.message}${about}\n  ${this.remedy}`;
  }
}
