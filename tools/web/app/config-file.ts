import { type Display, specOf } from '../../console/display.ts';
import { ColdrailError } from '../../errors/error.ts';
import { checkNumber, isNumberKind } from '../../numbers/check-number.ts';

/** The longest file that is read, characters. */
export const LONGEST_CONFIG_FILE = 200_000;

export interface ConfigFile {
  readonly values: Readonly<Record<string, Display>>;
  /** Names in the file that no key has, and the trip, which is started and not set. */
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
  const values: Record<string, Display> = {};
  const unknown: string[] = [];
  for (const [name, value] of entries) {
    if (specOf(name) && name !== 'trip' && isDisplay(value)) values[name] = tidy(name, value);
    else unknown.push(name);
  }
  if (Object.keys(values).length === 0) throw new ColdrailError('web.file-no-values');
  return { values, unknown };
}

/** Numbers on boxes may stand there with blanks and small letters; one that is wrong stays as it is, and is refused. */
function tidy(name: string, value: Display): Display {
  const form = specOf(name)?.form ?? '';
  if (!isNumberKind(form) || typeof value !== 'string' || value === '') return value;
  const verdict = checkNumber(form, value);
  return verdict.state === 'right' ? verdict.number : value;
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
