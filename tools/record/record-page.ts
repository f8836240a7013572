import { DeviceError } from '../errors/device-error.ts';
import { textTable } from '../ride/text-table.ts';
import type { InstallationRecord } from './installation-record.ts';
import type { Proof } from './proof.ts';

/** Steps of a self-test by their numbers, with the unit of their value (docs/console.md). */
const STEPS: Readonly<Record<number, readonly [name: string, unit: string]>> = {
  1: ['sensors', ''],
  2: ['flash', ''],
  3: ['battery', 'mV'],
  4: ['clock', ''],
  5: ['gnss', ''],
  6: ['sim', ''],
  7: ['network', 'dBm'],
  8: ['broker', ''],
  9: ['battery under load', 'mV'],
};
const VERDICTS = ['green', 'amber', 'red', 'skipped'];

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
  const rows = record.steps.map(({ step, verdict, value, error }) => {
    const [name, unit] = STEPS[step] ?? [`step ${step}`, ''];
    const told = value === null ? '' : `${value} ${unit}`.trim();
    const why = error === 0 ? '' : new DeviceError(error);
    return [name, VERDICTS[verdict] ?? '', told, why && `${why.id}: ${why.message}`];
  });
  return [
    `Installation of ${record.device === '' ? 'a tracker without a name' : record.device}`,
    `  when       ${when(record)}`,
    `  by         ${record.who}`,
    `  trip       ${record.trip || 'none'}`,
    `  container  ${record.container || 'not stated'}`,
    `  verdict    ${verdictOf(record)}`,
    '',
    ...textTable(
      [{ head: 'Step' }, { head: 'Verdict' }, { head: 'Value', isFigure: true }, { head: 'Why' }],
      rows,
    ),
    '',
    proof.proven ? 'PROVEN: the tracker with this key wrote this record.' : proofs[proof.reason],
  ].map(visible);
}

/** A record may come from anybody: what would move the terminal's cursor is not printed. */
function visible(line: string): string {
  return line.replace(/\p{Cc}/gu, '?');
}
