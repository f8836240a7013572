/** The self-test of docs/console.md, and the record that it leaves. Runs on the host and in a browser. */
import { type DeviceFault, faults } from '../errors/faults.ts';
import type { Client } from './client.ts';
import type { Message } from './frame.ts';
import { utcText } from './status.ts';

export const VERDICTS = ['green', 'amber', 'red', 'skipped'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Step {
  readonly name: string;
  readonly verdict: Verdict;
  /** What was measured, with its unit; empty where nothing was. */
  readonly value: string;
  /** Why it is not green, and what to do; empty where it is. */
  readonly sentence: string;
  readonly remedy: string;
}

/** Evidence of a self-test: docs/console.md has the bytes of `record` and what `mac` is over. */
export interface InstallationRecord {
  readonly format: 1;
  readonly device: string;
  /** CBOR as hexadecimal digits. */
  readonly record: string;
  /** HMAC-SHA-256 with the device key as hexadecimal digits; empty without a device key. */
  readonly mac: string;
  readonly by: string;
  /** By the clock of this machine, ISO 8601 in UTC. */
  readonly at: string;
}

export interface SelfTest {
  readonly verdict: Verdict;
  readonly steps: readonly Step[];
  readonly record: InstallationRecord;
}

export interface SelfTestOptions {
  /** 1 to 16 of A-Z a-z 0-9 - _. */
  readonly who: string;
  readonly device: string;
  readonly skipGnss?: boolean;
  readonly skipModem?: boolean;
  /** Hears each step as it ends. */
  readonly onStep?: (step: Step) => void;
  /** Milliseconds since 1970 by the clock of this machine. */
  readonly now?: () => number;
}

/** The longest that a step may take without a word: a search through all networks, and a session behind it. */
const STEP_MS = 20 * 60_000;

/**
 * Behind the answer of a test with a modem the tracker restarts: `wake` it before the next request.
 * @throws DeviceError 120 locked, 125 stopped; LinkError
 */
export async function selfTest(client: Client, options: SelfTestOptions): Promise<SelfTest> {
  const steps: Step[] = [];
  const onPart = (part: Message): void => {
    const step = stepOf(part);
    steps.push(step);
    options.onStep?.(step);
  };
  const fields = {
    who: options.who,
    ...(options.skipGnss ? { gnss: 0 } : {}),
    ...(options.skipModem ? { modem: 0 } : {}),
  };
  const last = await client.request('selftest', fields, { timeoutMs: STEP_MS, attempts: 1, onPart });
  const at = new Date((options.now ?? Date.now)()).toISOString();
  return {
    verdict: VERDICTS[Number(last['verdict'])] ?? 'red',
    steps,
    record: {
      format: 1,
      device: options.device,
      record: String(last['record'] ?? ''),
      mac: String(last['mac'] ?? ''),
      by: options.who,
      at,
    },
  };
}

/** A step in words: `step` its name, `verdict`, `value` and `error` as docs/console.md has them. */
export function stepOf(part: Message): Step {
  const name = String(part['step']);
  const verdict = VERDICTS[Number(part['verdict'])] ?? 'red';
  const fault: DeviceFault | undefined = faults.find(({ code }) => code === part['error']);
  const hint = verdict === 'amber' || verdict === 'red' ? (HINTS[`${name}.${verdict}`] ?? '') : '';
  return {
    name: NAMES[name] ?? name,
    verdict,
    value: valueText(name, verdict, part['value']),
    sentence: fault?.sentence ?? '',
    remedy: fault?.remedy ?? hint,
  };
}

const NAMES: Readonly<Record<string, string>> = { gnss: 'position', sim: 'SIM', load: 'battery under load' };

/** What to do where no fault says so. */
const HINTS: Readonly<Record<string, string>> = {
  'sensors.amber':
    'The probes differ by more than 3 C in one box. Let them hang for ten minutes; if it stays, compare them with another thermometer.',
  'battery.amber':
    'Charge the battery before the journey; where its voltage is not measured, look at its date.',
  'battery.red': 'The battery is too low for the radio: charge or replace it.',
  'network.amber': 'The signal is weak here. Turn the antenna, or try once more outside.',
  'load.amber': 'The battery gives way under the modem: charge it, look at its leads, replace an old one.',
  'load.red': 'The battery is too weak for the modem: charge or replace it.',
};

function valueText(name: string, verdict: Verdict, value: unknown): string {
  if (typeof value !== 'number') return '';
  if (name === 'sensors') return verdict === 'red' ? `${value} without a value` : `${value / 1000} C apart`;
  if (name === 'battery' || name === 'load') return `${(value / 1000).toFixed(2)} V`;
  if (name === 'clock') return utcText(value);
  if (name === 'gnss') return `${value} satellites`;
  if (name === 'sim') return `known by ${value}`;
  if (name === 'network') return `${value} dBm`;
  if (name === 'broker') return `${value} records held by the collector`;
  return String(value);
}
