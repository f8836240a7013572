/** How a command answers, to a person or to a program: docs/console.md. */
import type { Tracker } from '../../hal/tracker.ts';
import { wordsOf } from './words.ts';

export type Field = string | number | boolean | null | readonly Field[];
/** Name and value in turn. */
export type Fields = readonly Field[];

export interface Reply {
  /** Whether a program asked, and not a person. */
  readonly isMachine: boolean;
  /** Of the request; 0: a person asked, or it could not be read. */
  readonly id: number;
  /** A line in front of the last one, for a program. */
  part(fields: Fields): void;
  /** A line for a person. */
  say(text: string): void;
  /** The last line: it has worked. A person sees the fields, one a line. */
  done(fields: Fields): void;
  /** The last line: it has not. `about` may be empty. */
  fail(code: number, about: string, fields: Fields): void;
  /** The last line comes later, from a reply of its own. */
  suspend(): void;
}

const WIDTH = 16;

/** CRC-32 of a text as eight hexadecimal digits. */
export function crcDigits(tracker: Tracker, data: string | Uint8Array): string {
  return tracker.crypto.crc32(data).toString(16).padStart(8, '0');
}

/** Answers to a program whose request had this id; 0: it could not be read. `ended` hears of the last line. */
export function machineReply(tracker: Tracker, id: number, ended: () => void): Reply {
  function send(first: Fields, more: Fields): void {
    const message: Record<string, Field> = {};
    message['id'] = id;
    for (let i = 0; i < first.length; i += 2) message[first[i] as string] = first[i + 1];
    for (let i = 0; i < more.length; i += 2) message[more[i] as string] = more[i + 1];
    const json = JSON.stringify(message);
    tracker.console.line(`${json}*${crcDigits(tracker, json)}`);
  }
  return {
    isMachine: true,
    id,
    suspend: ended,
    part: (fields) => {
      send([], fields);
    },
    say: () => {},
    done: (fields) => {
      send(['ok', 1], fields);
      ended();
    },
    fail: (code, about, fields) => {
      send(about === '' ? ['ok', 0, 'error', code] : ['ok', 0, 'error', code, 'about', about], fields);
      ended();
    },
  };
}

function shown(field: Field): string {
  if (field === null || field === '') return '-';
  if (field === true) return 'set';
  if (field === false) return 'not set';
  return String(field);
}

/** Answers to a person. */
export function personReply(tracker: Tracker, ended: () => void): Reply {
  const console = tracker.console;
  function tell(fields: Fields): void {
    for (let i = 0; i + 1 < fields.length; i += 2)
      console.line(`${String(fields[i]).padEnd(WIDTH)} ${shown(fields[i + 1])}`);
  }
  return {
    isMachine: false,
    id: 0,
    suspend: ended,
    part: () => {},
    say: (text) => {
      console.line(text);
    },
    done: (fields) => {
      tell(fields);
      ended();
    },
    fail: (code, about, fields) => {
      const words = wordsOf(code);
      if (words === undefined) console.line(`error ${code}`);
      else {
        console.line(`error ${words[0]}: ${words[1]}${about === '' ? '' : ` (${about})`}`);
        console.line(`  ${words[2]}`);
      }
      tell(fields);
      ended();
    },
  };
}
