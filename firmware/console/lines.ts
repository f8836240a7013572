/** What is typed, taken apart: lines of a person through the editor, lines of a program as they are. */
import type { Console } from '../../hal/console.ts';
import { LINE_DAMAGED, LINE_TOO_LONG } from '../../hal/faults.ts';
import { type Editor, lineEditor } from './editor.ts';

/** The longest request of a program, characters. */
const LONGEST_REQUEST = 700;

const CTRL_C = '\x03';

export interface LineHearers {
  /** A program's line, from its brace on; OK, or why it was not taken: then it is empty. */
  onRequest(line: string, fault: number): void;
  /** A person's line; OK or LINE_TOO_LONG, and then it is empty. */
  onLine(line: string, fault: number): void;
  /** Ctrl-C. */
  onBreak(): void;
  /** A person's key has come; whether it counts: while a command is under way only Ctrl-C does. */
  admitKey(): boolean;
}

export interface Lines {
  readonly editor: Editor;
  hear(bytes: string): void;
}

/** Where the line ends in `text`; -1 nowhere. */
function endIn(text: string): number {
  const feed = text.indexOf('\n');
  const back = text.indexOf('\r');
  return feed < 0 ? back : back < 0 ? feed : Math.min(feed, back);
}

export function consoleLines(console: Console, hearers: LineHearers): Lines {
  const editor = lineEditor(console);
  /** What has come of a program's line; null outside of one. */
  let request: string | null = null;
  let isLong = false;
  /** A program's line has ended at CR: its LF says nothing more. */
  let isEnded = false;

  /** Take what belongs to a program's line; the rest of the text behind it. In one piece: it may be hundreds of characters. */
  function takeRequest(text: string, before: string): string {
    const stop = text.indexOf(CTRL_C);
    const end = endIn(text);
    if (stop >= 0 && (end < 0 || stop < end)) {
      request = null;
      isLong = false;
      return text.substr(stop);
    }
    const more = end < 0 ? text : text.substr(0, end);
    if (before.length + more.length > LONGEST_REQUEST) isLong = true;
    request = isLong ? '' : before + more;
    if (end < 0) return '';
    const line = request;
    const fault = isLong ? LINE_TOO_LONG : 0;
    request = null;
    isLong = false;
    isEnded = text.charAt(end) === '\r';
    hearers.onRequest(line, fault);
    return text.substr(end + 1);
  }

  function takeKey(key: string): void {
    if (key === CTRL_C) {
      editor.clear();
      hearers.onBreak();
      return;
    }
    if (!hearers.admitKey()) return;
    const isLongLine = editor.isTooLong();
    const line = editor.take(key);
    if (line === null) return;
    if (isLongLine) hearers.onLine('', LINE_TOO_LONG);
    else hearers.onLine(line, 0);
  }

  return {
    editor,
    hear: (bytes) => {
      let rest = bytes;
      while (rest !== '') {
        const isFeed = isEnded && rest.charAt(0) === '\n';
        isEnded = false;
        if (isFeed) rest = rest.substr(1);
        if (rest === '') return;
        if (request === null && rest.charAt(0) === '{' && editor.isEmpty()) request = '';
        if (request !== null) rest = takeRequest(rest, request);
        else {
          takeKey(rest.charAt(0));
          rest = rest.substr(1);
        }
      }
    },
  };
}

/** The request in a line with its CRC; LINE_DAMAGED where it does not verify or is no object. */
export function requestIn(line: string, crcOf: (text: string) => string): Record<string, unknown> | number {
  const star = line.length - 9;
  if (star < 2 || line.charAt(star) !== '*') return LINE_DAMAGED;
  const json = line.substr(0, star);
  if (crcOf(json) !== line.substr(star + 1).toLowerCase()) return LINE_DAMAGED;
  try {
    const message: unknown = JSON.parse(json);
    if (message && typeof message === 'object') return message as Record<string, unknown>;
  } catch {
    // No JSON: as good as damaged.
  }
  return LINE_DAMAGED;
}
