/**
 * A transcript of a modem: JSON lines, one of
 *
 *     {"expect": "AT+CSQ"}                             what the tracker writes next; "*" stands for any run of characters
 *     {"send": "\r\n+CSQ: 17,99\r\n", "afterS": 0.3}   what the modem says, each character one byte, after so many seconds
 *     {"wait": 2.5}                                    seconds pass
 *     {"close": true}                                  the modem is gone: silent until PWRKEY or its supply starts it anew
 *
 * Empty lines, and lines that begin with "#", are passed over.
 */
import { ColdrailError } from '../errors/error.ts';

export interface Expect {
  readonly kind: 'expect';
  readonly text: string;
  /** Line of the file, from 1. */
  readonly line: number;
}

export interface Send {
  readonly kind: 'send';
  readonly text: string;
  readonly afterS: number;
  readonly line: number;
}

export interface Wait {
  readonly kind: 'wait';
  readonly seconds: number;
  readonly line: number;
}

export interface Close {
  readonly kind: 'close';
  readonly line: number;
}

export type Item = Expect | Send | Wait | Close;

/** No session lasts longer; seconds. */
export const LONGEST_PAUSE_S = 86400;
const LONGEST_LINE = 65536;
/** Longer than any command, and than any answer: a modem is asked for 512 bytes at most. */
const LONGEST_EXPECT = 512;
const LONGEST_SEND = 8192;

const SHAPE =
  'a line is one of {"expect": "AT"}, {"send": "\\r\\nOK\\r\\n", "afterS": 0.5}, {"wait": 2} and {"close": true}';

/** What is wrong with one line. */
class BadLine extends Error {}

function secondsOf(key: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= LONGEST_PAUSE_S) return value;
  throw new BadLine(`"${key}" is not a number of seconds from 0 to ${LONGEST_PAUSE_S}`);
}

function textOf(key: string, value: unknown, longest: number): string {
  if (typeof value !== 'string' || value === '' || value.length > longest)
    throw new BadLine(`"${key}" is not a text of 1 to ${longest} characters`);
  for (let i = 0; i < value.length; i++)
    if (value.charCodeAt(i) > 255) throw new BadLine(`"${key}" has a character that is no byte`);
  return value;
}

function itemOf(text: string, line: number): Item {
  if (text.length > LONGEST_LINE) throw new BadLine(`it has more than ${LONGEST_LINE} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadLine(`it is no JSON; ${SHAPE}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadLine(SHAPE);
  const { expect, send, afterS, wait, close, ...unknown } = value as Record<string, unknown>;
  const stray = Object.keys(unknown)[0];
  if (stray !== undefined) throw new BadLine(`it has the unknown key ${JSON.stringify(stray.slice(0, 40))}`);
  const keys = [expect, send, wait, close].filter((each) => each !== undefined).length;
  if (keys !== 1 || (afterS !== undefined && send === undefined)) throw new BadLine(SHAPE);
  if (expect !== undefined) return { kind: 'expect', text: textOf('expect', expect, LONGEST_EXPECT), line };
  if (wait !== undefined) return { kind: 'wait', seconds: secondsOf('wait', wait), line };
  if (send !== undefined)
    return {
      kind: 'send',
      text: textOf('send', send, LONGEST_SEND),
      afterS: secondsOf('afterS', afterS ?? 0),
      line,
    };
  if (close !== true) throw new BadLine('"close" is true, or is left out');
  return { kind: 'close', line };
}

/** Whether a line holds nothing: it is empty or a comment. */
export function isBlank(line: string): boolean {
  return line.trim() === '' || line.startsWith('#');
}

/**
 * The items of a transcript; `file` is what errors call it.
 * @throws ColdrailError `replay.bad-line`
 */
export function parseTranscript(text: string, file: string): Item[] {
  const items: Item[] = [];
  text.split('\n').forEach((content, index) => {
    if (isBlank(content)) return;
    try {
      items.push(itemOf(content, index + 1));
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      throw new ColdrailError('replay.bad-line', { file, line: index + 1, detail: error.message });
    }
  });
  return items;
}

/** A line of a transcript, in ASCII. */
export function itemLine(item: Item): string {
  const { kind } = item;
  const value =
    kind === 'expect'
      ? { expect: item.text }
      : kind === 'wait'
        ? { wait: item.seconds }
        : kind === 'close'
          ? { close: true }
          : { send: item.text, ...(item.afterS > 0 ? { afterS: item.afterS } : {}) };
  return JSON.stringify(value).replace(
    /[\x7f-\xff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
