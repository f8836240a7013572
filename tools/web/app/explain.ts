import { type ConfigProblem, ConfigRefused } from '../../console/config-problem.ts';
import type { ErrorId } from '../../errors/catalogue.ts';
import { DeviceError } from '../../errors/device-error.ts';
import { ColdrailError } from '../../errors/error.ts';
import type { Words } from './words.ts';

/** An error as the page tells it. */
export interface Explained {
  readonly id: string;
  readonly sentence: string;
  readonly remedy: string;
  /** What it consists of, where it is several things at once. */
  readonly details: readonly string[];
}

/** The page's words where those of the command line tell to type a command. */
const OURS: Readonly<Record<string, ErrorId>> = {
  'link.closed': 'web.cable-pulled',
  'link.silent': 'web.silent',
  'console.silent': 'web.no-answer',
  'console.foreign': 'web.not-a-tracker',
};

/** Any error in the catalogue's words, in the person's language where it has them. */
export function explain(error: unknown, words: Words): Explained {
  if (error instanceof DeviceError) {
    const about = error.about === '' ? '' : ` (${words.find(`key.${error.about}`) ?? error.about})`;
    const said = told(error, words);
    return { ...said, sentence: `${said.sentence}${about}` };
  }
  if (error instanceof ConfigRefused)
    return { ...told(error, words), details: error.problems.map((problem) => detailOf(problem, words)) };
  if (error instanceof ColdrailError) {
    const ours = OURS[error.id];
    return told(ours ? new ColdrailError(ours) : error, words);
  }
  const detail = error instanceof Error ? error.message : String(error);
  return told(new ColdrailError('host.unexpected', { detail }), words);
}

function detailOf({ key, id, sentence }: ConfigProblem, words: Words): string {
  return `${words.find(`key.${key}`) ?? key}: ${words.find(`sentence.${id}`) ?? sentence}`;
}

function told({ id, message, remedy }: ColdrailError | DeviceError, words: Words): Explained {
  // A sentence that was filled in keeps its values; of the others the language may have its own.
  const own = words.find(`sentence.${id}`);
  return {
    id,
    sentence: own === undefined || own.includes('{') ? message : own,
    remedy: words.find(`remedy.${id}`) ?? remedy,
    details: [],
  };
}
