/** What may keep a tracker that answers from doing its work. Runs on the host and in a browser. */
import { SCHEMA } from '../../firmware/config/schema.ts';
import { faults } from '../errors/faults.ts';
import type { Client } from './client.ts';
import { problemOf } from './config-problem.ts';
import type { DisplayValues } from './display.ts';
import type { Hello } from './hello.ts';
import { readConfig } from './read-config.ts';
import { probesOf } from './sensors.ts';
import { duration, utcText } from './status.ts';

export interface Finding {
  readonly what: string;
  readonly isGood: boolean;
  readonly sentence: string;
  /** What to do; empty where all is well. */
  readonly remedy: string;
}

export function good(what: string, sentence: string): Finding {
  return { what, isGood: true, sentence, remedy: '' };
}

export function bad(what: string, sentence: string, remedy: string): Finding {
  return { what, isGood: false, sentence, remedy };
}

const MEASURE_MS = 30_000;
/** A search through all networks, and a session. */
const MODEM_MS = 20 * 60_000;
const EVENTS = 50;
const MOST_FAULTS = 5;

/** Old firmware, and the PIN. `toolsVersion` is what the tracker should have. */
export function examineHello(hello: Hello, toolsVersion: string): Finding[] {
  const { version, keys, hasPin, waitS, device } = hello;
  const isOld = keys < SCHEMA.length;
  return [
    version === toolsVersion && !isOld
      ? good('firmware', `${version}, as these tools`)
      : bad(
          'firmware',
          `The tracker has version ${version} with ${keys} keys, these tools are ${toolsVersion} with ${SCHEMA.length}.`,
          isOld ? 'Flash the newer firmware before the journey.' : 'Use tools and firmware of one version.',
        ),
    device === ''
      ? bad(
          'device id',
          'The tracker has no name, and sends nothing.',
          'Provision it: coldrail config apply.',
        )
      : good('device id', device),
    waitS > 0
      ? bad(
          'PIN',
          `Wrong PINs were given; the next is looked at in ${duration(waitS)}.`,
          'Find out who tried.',
        )
      : good('PIN', hasPin ? 'set' : 'none is set: whoever has a cable can change everything'),
  ];
}

/** What is missing before anything can be sent, and what does not go together. */
export async function examineConfig(client: Client): Promise<Finding[]> {
  const values = await readConfig(client);
  const { problems } = await client.request('config.check', {}, { timeoutMs: MEASURE_MS });
  const { keys } = await client.request('config.diff');
  const findings = missingIn(values);
  for (const [key, code] of Array.isArray(problems) ? problems : []) {
    const { sentence, remedy } = problemOf(String(key), Number(code));
    findings.push(bad(`configuration, ${key}`, sentence, remedy));
  }
  if (Array.isArray(keys) && keys.length > 0)
    findings.push(
      bad(
        'configuration',
        `Staged and not saved: ${keys.join(', ')}.`,
        'Save it on the console, or reboot to drop it.',
      ),
    );
  return findings.length > 0 ? findings : [good('configuration', 'complete, and without contradictions')];
}

function missingIn(values: DisplayValues): Finding[] {
  const needed: [string, string, string][] = [
    ['brokerHost', 'Without a broker nothing is sent.', 'Set brokerHost.'],
    ['caPem', 'Without a CA certificate the tracker does not connect.', 'Apply a file with caPem.'],
    [
      'apn',
      'Without an APN most networks give no data connection.',
      'Set apn as the contract of the SIM says.',
    ],
    [
      'deviceKey',
      'Without a device key the log is not sealed, and proves nothing.',
      'Apply a file with deviceKey.',
    ],
  ];
  return needed
    .filter(([key]) => values[key] === undefined || values[key] === '' || values[key] === false)
    .map(([key, sentence, remedy]) => bad(`configuration, ${key}`, sentence, remedy));
}

/** Battery, clock, sessions, alarm. */
export async function examineStatus(client: Client): Promise<Finding[]> {
  const { level, millivolts, utcS, failures, next, acked, alarm } = await client.request('status');
  const volts = typeof millivolts === 'number' ? `${(millivolts / 1000).toFixed(2)} V` : 'not measured';
  const waiting = Number(next) - Number(acked);
  return [
    Number(level) === 0
      ? good('battery', volts)
      : bad(
          'battery',
          `${volts}: the tracker saves, on level ${level} of 3.`,
          'Charge or replace the battery.',
        ),
    typeof utcS === 'number'
      ? good('clock', utcText(utcS))
      : bad(
          'clock',
          'The tracker does not know the time yet.',
          'Let it see the sky or a network: the self-test tries both.',
        ),
    Number(failures) === 0
      ? good('sessions', `the last one went well; ${waiting} records wait`)
      : bad(
          'sessions',
          `${failures} sessions failed in a row; ${waiting} records wait.`,
          'The faults below say why; coldrail selftest tries it again.',
        ),
    alarm === 1
      ? bad('alarm', 'An alarm stands.', 'coldrail events says which; look at the cargo.')
      : good('alarm', 'none'),
  ];
}

export async function examineSensors(client: Client): Promise<Finding[]> {
  const { probes } = await client.request('sensors', {}, { timeoutMs: MEASURE_MS });
  const found = probesOf(probes);
  if (found.length === 0)
    return [bad('sensors', 'No probe is fitted.', 'Set the key probes to what hangs in the box.')];
  return found.map(({ place, milliC, reason }) =>
    milliC === null
      ? bad(
          `sensor, ${place}`,
          `It gives no value: it ${reason.split(': ')[0]}.`,
          reason.split(': ')[1] ?? '',
        )
      : good(`sensor, ${place}`, `${(milliC / 1000).toFixed(2)} C`),
  );
}

/** The faults since the last start, each once with its newest detail: what was before may long be mended. */
export async function examineFaults(client: Client): Promise<Finding[]> {
  const { parts } = await client.collect('events', { n: EVENTS });
  const texts = parts.map(({ text }) => String(text));
  const sinceStart = texts.slice(texts.findLastIndex((text) => text.startsWith('POWER_ON')) + 1);
  const details = new Map<string, string>();
  for (const text of sinceStart.reverse()) {
    const [, id, detail = ''] = /^FAULT (\S+) (\S+)/.exec(text) ?? [];
    if (id !== undefined && !details.has(id)) details.set(id, detail);
  }
  if (details.size === 0) return [good('faults', 'none since the last start')];
  return [...details].slice(0, MOST_FAULTS).map(([id, detail]) => {
    const fault = faults.find((one) => one.id === id);
    const sentence = fault?.sentence ?? 'It is not known to this version.';
    return bad(`fault ${id}`, `${sentence} The detail is ${detail}.`, fault?.remedy ?? '');
  });
}

/** SIM, network and broker: takes minutes. */
export async function examineModem(client: Client): Promise<Finding[]> {
  const { network, rssiDbm, searchedS } = await client.request(
    'modem',
    {},
    { timeoutMs: MODEM_MS, attempts: 1 },
  );
  return [good('SIM and network', `${network}, ${rssiDbm} dBm, found in ${duration(searchedS)}`)];
}
