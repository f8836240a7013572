import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ColdrailError } from '../errors/error.ts';
import { readDeviceKey } from '../verify/key.ts';

const KEY_BYTES = 32;

/**
 * The device key of a tracker as hexadecimal digits, from `<folder>/<device id>.key`; drawn at random and written there,
 * readable for its owner alone (mode 0600), where there is none yet. It is on the disk before it is returned: a tracker never
 * has a key that nobody else has.
 * @throws ColdrailError `provision.key-file`, `verify.key-malformed`, `verify.key-unreadable`
 */
export function keyFor(deviceId: string, folder: string): string {
  const file = join(folder, `${deviceId}.key`);
  const key = randomBytes(KEY_BYTES).toString('hex');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (existsSync(file)) return readDeviceKey(`@${file}`).toString('hex');
    writeNew(file, `${key}\n`);
    return key;
  } catch (error) {
    if (error instanceof ColdrailError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ColdrailError('provision.key-file', { file, detail: code });
  }
}

/** Fails where the file is there: no key is ever overwritten. */
function writeNew(file: string, text: string): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
