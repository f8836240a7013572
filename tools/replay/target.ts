import type { LinkTarget, Search } from '../../hal/link.ts';
import type { ModemProfile } from '../../hal/modem/profile.ts';
import { EARLIEST_UTC_S } from '../../hal/utc.ts';
import { ColdrailError } from '../errors/error.ts';
import { integerOption } from '../ride/options.ts';

/** As records and plans number them (hal/link.ts). */
export const technologyNames: readonly (string | null)[] = [null, 'lte-m', 'nb-iot', 'gsm', 'lte'];

export interface TargetOptions {
  readonly apn?: string;
  readonly host?: string;
  readonly port?: string;
  readonly pin?: string;
  readonly search?: string;
  readonly utc?: string;
}

const SEARCH_S = 120;
/** The name of the file that it becomes in the modem tells certificates apart: `ca1234567.crt`. */
const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

/** What goes into a command between quotes. */
function plain(option: string, text: string, longest: number): string {
  if (/^[!#-~]+$/.test(text) && text.length <= longest) return text;
  throw new ColdrailError('replay.option', {
    option,
    text: JSON.stringify(text.slice(0, 80)),
    wanted: `1 to ${longest} printable characters without spaces and quotes`,
  });
}

function searches(text: string, profile: ModemProfile): Search[] {
  const known = profile.technologies.map((technology) => technologyNames[technology]);
  return text.split(',').map((name) => {
    const technology = technologyNames.indexOf(name);
    if (technology > 0 && profile.technologies.includes(technology))
      return { technology, withinS: SEARCH_S, network: 0 };
    throw new ColdrailError('replay.option', {
      option: '--search',
      text: JSON.stringify(name.slice(0, 80)),
      wanted: `what the ${profile.name} can search, separated by commas: ${known.join(',')}`,
    });
  });
}

function pinOf(text: string): string {
  if (/^\d{4,8}$/.test(text)) return text;
  throw new ColdrailError('replay.option', { option: '--pin', text: 'this', wanted: '4 to 8 digits' });
}

function utcOf(text: string): number {
  const seconds = Date.parse(text) / 1000;
  if (
    /^\d{4}-\d\d-\d\dT.*Z$/.test(text) &&
    seconds >= EARLIEST_UTC_S &&
    seconds < EARLIEST_UTC_S + 20 * 31557600
  )
    return Math.floor(seconds);
  throw new ColdrailError('replay.option', {
    option: '--utc',
    text: JSON.stringify(text.slice(0, 80)),
    wanted: 'a time of UTC between 2026 and 2045, as in 2026-11-22T12:00:00Z',
  });
}

/**
 * Where the session of a replay leads to.
 * @throws ColdrailError `replay.option`, `usage.number`, `usage.integer`
 */
export function targetOf(options: TargetOptions, profile: ModemProfile): LinkTarget {
  return {
    apn: plain('--apn', options.apn ?? 'iot.example', 99),
    host: plain('--host', options.host ?? 'broker.example', 253),
    port: integerOption('--port', options.port ?? '8883', 1, 65535),
    caPem: CA,
    simPin: options.pin === undefined ? '' : pinOf(options.pin),
    searches:
      options.search === undefined
        ? profile.technologies.map((technology) => ({ technology, withinS: SEARCH_S, network: 0 }))
        : searches(options.search, profile),
    clearForbidden: false,
    utcS: options.utc === undefined ? null : utcOf(options.utc),
    powerSavingS: 0,
    rung: 0,
  };
}
