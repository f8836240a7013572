import type { ModemProfile } from '../../hal/modem/profile.ts';
import { a7670 } from '../../hal/modem/profiles/a7670.ts';
import { bg9x } from '../../hal/modem/profiles/bg9x.ts';
import { sim7000 } from '../../hal/modem/profiles/sim7000.ts';
import { sim7080 } from '../../hal/modem/profiles/sim7080.ts';
import { ColdrailError } from '../errors/error.ts';

export interface NamedProfile {
  readonly profile: ModemProfile;
  /** The boards with this modem can switch its supply. */
  readonly rail: boolean;
}

/** The modems whose transcripts can be played. */
export const profiles: Readonly<Record<string, NamedProfile>> = {
  sim7080: { profile: sim7080(), rail: true },
  sim7000: { profile: sim7000(), rail: false },
  a7670: { profile: a7670(), rail: true },
  bg9x: { profile: bg9x(), rail: false },
};

/** @throws ColdrailError `replay.profile` */
export function profileNamed(name: string | undefined): NamedProfile {
  if (name !== undefined && Object.hasOwn(profiles, name)) return profiles[name];
  throw new ColdrailError('replay.profile', {
    detail: name === undefined ? 'It is not said which modem' : `"${name}" is no profile of a modem`,
    names: Object.keys(profiles).join(', '),
  });
}
