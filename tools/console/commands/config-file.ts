import { readFileSync } from 'node:fs';
import { ColdrailError } from '../../errors/error.ts';
import type { Display, DisplayValues } from '../display.ts';

/** Format of the file that `config export` writes and `config apply` reads. */
export const FILE_FORMAT = 1;

/**
 * The values of a configuration file: {"format":1,"config":{"intervalS":600,...}}. What else stands beside them is for
 * people. Whether the values are right is not looked at here.
 * @throws ColdrailError `config.file`
 */
export function readConfigFile(file: string): DisplayValues {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    throw new ColdrailError('config.file', { file, detail: (error as Error).message });
  }
  const whole = isObject(parsed) ? parsed : {};
  if (whole['format'] !== FILE_FORMAT)
    throw new ColdrailError('config.file', { file, detail: `it has no "format": ${FILE_FORMAT}` });
  const values = whole['config'];
  if (!isObject(values)) throw new ColdrailError('config.file', { file, detail: 'it has no "config"' });
  for (const [key, value] of Object.entries(values))
    if (!isDisplay(value))
      throw new ColdrailError('config.file', {
        file,
        detail: `${key} is neither text, number, true, false nor null`,
      });
  return values as DisplayValues;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDisplay(value: unknown): value is Display {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
