import { stepOf, VERDICTS } from '../console/selftest.ts';
import { textTable } from '../ride/text-table.ts';
import type { InstallationRecord } from './installation-record.ts';
import type { Proof } from './proof.ts';

/** Names of the steps by their numbers, from 1 (docs/console.md). */
const STEPS = ['sensors', 'flash', 'battery', 'clock', 'gnss', 'sim', 'network', 'broker', 'load'];

const proofs = {
  'no-key': 'NOT PROVEN: name the file with the device key of the tracker (--key).',
  'no-mac': 'NOT PROVEN: the tracker had no device key, so nothing vouches for this record.',
  differs: 'NOT PROVEN: the record was changed, or is of a tracker with another key.',
};

/** The worst of the steps that were not skipped. */
function verdictOf({ steps }: InstallationRecord): string {
  const seen = steps.map(({ verdict }) => verdict).filter((verdict) => verdict < 3);
  return seen.length === 0 ? 'nothing was tested' : (VERDICTS[Math.max(...seen)] ?? '');
}

function when({ utcS, powerOn, uptimeS }: InstallationRecord): string {
  const since = `power-on ${powerOn}, ${uptimeS} s after it`;
  if (utcS === null) return `${since}; its clock was not known`;
  const date = new Date(utcS * 1000);
  const utc = Number.isNaN(date.getTime())
    ? `${utcS} s since 1970`
    : date.toISOString().replace(/\.000Z$/, 'Z');
  return `${utc} (${since})`;
}

/** The record for a person, on one screen. */
export function recordLines(record: InstallationRecord, proof: Proof): string[] {
  const rows = record.steps.map((one) => {
    const told = stepOf({ ...one, step: STEPS[one.step - 1] ?? `step ${one.step}` });
    return [told.name, told.verdict, told.value, told.sentence];
  });
  return [
    `Installation of ${record.device === '' ? 'a tracker without a name' : record.device}`,
    `  when       ${when(record)}`,
    `  by         ${record.who}`,
    `  trip       ${record.trip || 'none'}`,
    `  container  ${record.container || 'not stated'}`,
    `  verdict    ${verdictOf(record)}`,
    '',
    ...textTable([{ head: 'Step' }, { head: 'Verdict' }, { head: 'Value' }, { head: 'Why' }], rows),
    '',
    proof.proven ? 'PROVEN: the tracker with this key wrote this record.' : proofs[proof.reason],
  ].map(visible);
}

/** A record may come from anybody: what would move the terminal's cursor is not printed. */
function visible(line: string): string {
  return line.replace(/\p{Cc}/gu, '?');
}
