import { readFileSync, statSync } from 'node:fs';
import { fromHex } from '../console/display.ts';
import { ColdrailError } from '../errors/error.ts';
import { type InstallationRecord, parseInstallationRecord } from './installation-record.ts';

/** What `coldrail selftest --record` has written. */
export interface RecordFile {
  readonly record: InstallationRecord;
  /** The bytes that the mac is about. */
  readonly bytes: Uint8Array;
  /** HMAC-SHA256 with the device key; empty from a tracker that has none. */
  readonly mac: Uint8Array;
}

const MOST_BYTES = 64_000;
const MAC_BYTES = 32;
/** Of the file; the record in it has one of its own. */
const FILE_FORMAT = 1;

/** @throws ColdrailError `record.unreadable`, `record.malformed`, `record.later-format` */
export function readRecordFile(file: string): RecordFile {
  const malformed = (detail: string): ColdrailError =>
    new ColdrailError('record.malformed', { file, detail });
  const json = parse(readText(file), malformed);
  const { format = FILE_FORMAT } = json;
  if (format !== FILE_FORMAT)
    throw new ColdrailError('record.later-format', { file, format: String(format) });
  const bytes = hexField(json, 'record', malformed);
  const mac = hexField(json, 'mac', malformed);
  if (bytes.length === 0) throw malformed('its "record" is empty');
  if (mac.length !== 0 && mac.length !== MAC_BYTES)
    throw malformed(`its "mac" has ${mac.length} bytes, not ${MAC_BYTES}`);
  const record = parseInstallationRecord(bytes);
  if ('format' in record) throw new ColdrailError('record.later-format', { file, format: record.format });
  if ('detail' in record) throw malformed(record.detail);
  return { record, bytes, mac };
}

function readText(file: string): string {
  try {
    if (statSync(file).size > MOST_BYTES)
      throw new ColdrailError('record.unreadable', { file, detail: 'it is too long for a record' });
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof ColdrailError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const detail = code === 'ENOENT' ? 'there is no such file' : code;
    throw new ColdrailError('record.unreadable', { file, detail });
  }
}

function parse(text: string, malformed: (detail: string) => ColdrailError): Record<string, unknown> {
  if (text.trim() === '') throw malformed('it is empty');
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  } catch (error) {
    const isHalf = /end of JSON|unterminated/i.test((error as Error).message);
    throw malformed(isHalf ? 'it breaks off in the middle' : 'it is no JSON');
  }
  throw malformed('it is no JSON object');
}

function hexField(
  json: Readonly<Record<string, unknown>>,
  name: string,
  malformed: (detail: string) => ColdrailError,
): Uint8Array {
  const digits = json[name];
  if (typeof digits !== 'string') throw malformed(`it has no "${name}"`);
  const bytes = fromHex(digits);
  if (!bytes) throw malformed(`its "${name}" is no row of hexadecimal digits`);
  return bytes;
}
