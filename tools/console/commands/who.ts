import { userInfo } from 'node:os';
import { ColdrailError } from '../../errors/error.ts';

const LONGEST = 16;

/**
 * Who a change is put down to: what was given, else the name on this machine as far as the journal takes it.
 * @throws ColdrailError `usage.who`
 */
export function whoOf(given: string | undefined, userName = currentUser()): string {
  if (given !== undefined) {
    if (!/^[\w-]{1,16}$/.test(given)) throw new ColdrailError('usage.who', { text: given });
    return given;
  }
  const name = userName.replace(/[^\w-]/g, '').slice(0, LONGEST);
  return name === '' ? 'unnamed' : name;
}

function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
