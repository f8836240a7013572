import { type Display, specOf } from '../../console/display.ts';
import { ColdrailError } from '../../errors/error.ts';

/** The longest file that is read, characters. */
export const LONGEST_CONFIG_FILE = 200_000;

export interface ConfigFile {
  readonly values: Readonly<Record<string, Display>>;
  /** Names in the file that no key has. */
  readonly unknown: readonly string[];
}

/**
 * The values of a configuration file: a JSON object by names of keys, or one that has it as `config`.
 * @throws ColdrailError `web.file-not-json`, `web.file-no-values`
 */
export function readConfigFile(text: string): ConfigFile {
  const content = parsed(text);
  const inner = isObject(content) && isObject(content['config']) ? content['config'] : content;
  if (!isObject(inner)) throw new ColdrailError('web.file-no-values');
  const entries = Object.entries(inner);
  const values = entries.filter(([name, value]) => specOf(name) && isDisplay(value)) as [string, Display][];
  if (values.length === 0) throw new ColdrailError('web.file-no-values');
  const unknown = entries.filter(([name, value]) => !specOf(name) || !isDisplay(value)).map(([name]) => name);
  return { values: Object.fromEntries(values), unknown };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new ColdrailError('web.file-not-json');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDisplay(value: unknown): value is Display {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
