import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { ColdrailError } from '../errors/error.ts';

/** The line went away while it was open. */
export function serialGone(path: string): ColdrailError {
  return new ColdrailError('serial.gone', { path });
}

/** What the binding's words for a port that did not open mean: they differ from system to system. */
export function openFault(path: string, error: Error): ColdrailError {
  const detail = error.message.replace(/^Error:? /, '');
  if (/no such file|file not found|cannot find/i.test(detail))
    return new ColdrailError('serial.missing', { path });
  if (/cannot lock|busy|temporarily unavailable/i.test(detail))
    return new ColdrailError('serial.busy', { path });
  if (/permission denied/i.test(detail) || !mayUse(path))
    return new ColdrailError('serial.permission', { path, remedy: permissionRemedy(path) });
  // Windows says so of a port that another program has.
  if (/access denied/i.test(detail)) return new ColdrailError('serial.busy', { path });
  if (/inappropriate ioctl|is a directory|not a tty|invalid argument/i.test(detail))
    return new ColdrailError('serial.not-serial', { path });
  return new ColdrailError('serial.failed', { path, detail });
}

function mayUse(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EACCES';
  }
}

/** What to do about a port that may not be used: which group it belongs to, and how to get into it. */
export function permissionRemedy(path: string, groups = '/etc/group'): string {
  const group = groupOf(path, groups);
  if (group === undefined) return 'Give yourself the right to read and write it.';
  return `It belongs to the group "${group}": sudo usermod -aG ${group} $USER, then log out and in again.`;
}

function groupOf(path: string, groups: string): string | undefined {
  try {
    const { gid } = statSync(path);
    const line = readFileSync(groups, 'latin1')
      .split('\n')
      .find((entry) => entry.split(':')[2] === String(gid));
    return line?.split(':')[0];
  } catch {
    return undefined;
  }
}
