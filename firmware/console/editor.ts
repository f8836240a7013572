/** A person's line as it is typed: echo, editing, history, completion. docs/console.md says which keys. */
import type { Console } from '../../hal/console.ts';
import { completions } from './names.ts';

/** The longest line of a person, characters. */
const LONGEST_LINE = 200;
const MOST_HISTORY = 4;

const BELL = '\x07';
const ERASE_LINE = '\r\x1b[K';

export interface Editor {
  /** Take one character. The line when it was Enter, else null. */
  take(character: string): string | null;
  /** Show the prompt, and behind it what is typed; `hidden`: the next line is a secret, and not shown. */
  prompt(text: string, hidden: boolean): void;
  /** What was typed of the line is void. */
  clear(): void;
  /** More was typed than a line holds. */
  isTooLong(): boolean;
  /** Nothing is typed yet. */
  isEmpty(): boolean;
  /** Keep a line for the arrow keys. */
  remember(line: string): void;
}

export function lineEditor(console: Console): Editor {
  const history: string[] = [];
  let line = '';
  let mark = '> ';
  let isHidden = false;
  let isLong = false;
  /** Of an escape sequence: what came of it, null outside of one. */
  let sequence: string | null = null;
  /** How far back in the history the line is from; 0: typed. */
  let back = 0;
  let wasReturn = false;

  function show(): void {
    console.write(`${ERASE_LINE}${mark}${isHidden ? '' : line}`);
  }

  function recall(step: number): void {
    const next = back + step;
    if (next < 0 || next > history.length || isHidden) {
      console.write(BELL);
      return;
    }
    back = next;
    line = back === 0 ? '' : history[history.length - back];
    show();
  }

  function complete(): void {
    const found = isHidden ? [] : completions(line);
    if (found.length === 1) line = `${found[0]} `;
    else if (found.length > 1) {
      console.write('\r\n');
      console.line(found.join('  '));
    } else console.write(BELL);
    show();
  }

  function erase(): void {
    if (line === '') return;
    line = line.substr(0, line.length - 1);
    if (!isHidden) console.write('\b \b');
  }

  /** Arrows come as ESC [ A and ESC [ B; other sequences are passed over to their final character. */
  function takeEscape(character: string): void {
    if (sequence === '' && character === '[') {
      sequence = '[';
      return;
    }
    const isFinal = sequence === '' || character >= '@';
    if (sequence === '[' && character === 'A') recall(1);
    else if (sequence === '[' && character === 'B') recall(-1);
    sequence = isFinal ? null : `${sequence}.`;
  }

  function enter(): string {
    const typed = line;
    console.write('\r\n');
    line = '';
    back = 0;
    return typed;
  }

  return {
    take: (character) => {
      const wasCr = wasReturn;
      wasReturn = character === '\r';
      // A control character ends a sequence that has got stuck.
      if (character < ' ') sequence = null;
      if (sequence !== null) takeEscape(character);
      else if (character === '\r' || (character === '\n' && !wasCr)) return enter();
      else if (character === '\x1b') sequence = '';
      else if (character === '\b' || character === '\x7f') erase();
      else if (character === '\t') complete();
      else if (character === '\x15') {
        line = '';
        isLong = false;
        show();
      } else if (character >= ' ' && character <= '~') {
        if (line.length >= LONGEST_LINE) isLong = true;
        else {
          line += character;
          if (!isHidden) console.write(character);
        }
      }
      return null;
    },
    prompt: (text, hidden) => {
      mark = text;
      isHidden = hidden;
      isLong = false;
      console.write(`${text}${hidden ? '' : line}`);
    },
    clear: () => {
      line = '';
      isLong = false;
      back = 0;
    },
    isTooLong: () => isLong,
    isEmpty: () => line === '' && sequence === null,
    remember: (typed) => {
      if (typed === '' || typed === history[history.length - 1]) return;
      history.push(typed);
      if (history.length > MOST_HISTORY) history.shift();
    },
  };
}
