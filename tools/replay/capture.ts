/**
 * A terminal capture as a transcript. Lines may carry the time and a direction mark; `AT...` is what the tracker wrote,
 * everything else what the modem said. Captures do not show PWRKEY, so the modem is off at first, and behind a line that
 * says that it powers down.
 */
import { payloadOf } from './at-command.ts';
import { gapS, type Stamp, stampOf } from './stamp.ts';
import { type Item, isBlank } from './transcript.ts';

const MARK = /^(?:(>>+|-+>|TX:)|(<<+|<-+|RX:))\s*/i;
const COMMAND = /^AT(?:[+&#$%*^].*|[A-Z]\d*)?$/i;
/** How some logs write what ends a line. */
const WRITTEN_ENDS = /^(?:\\[rn]|<CR>|<LF>)+|(?:\\[rn]|<CR>|<LF>)+$/g;
const FINAL = /^(?:OK|ERROR|SEND OK|SEND FAIL|\+CM[ES] ERROR.*|\+C(?:A|CH)SEND: .*|\+QFUPL: .*)$/;
const FAILED = /^(?:ERROR|\+CM[ES] ERROR.*)$/;
const OFF = /POWER(?:ED)? DOWN$/;
const PROMPT_WORD = /^(?:DOWNLOAD|CONNECT)$/;
const PROMPT_END = /(?:> |DOWNLOAD\r\n|CONNECT\r\n)$/;
/** Raw bytes on a line of their own count. */
const RAW = /^(\+CARECV: )(\d{1,4}),(.*)$/s;
/** An echo comes at once; a command that is given again has waited for its answer. */
const ECHO_S = 0.1;
/** Shorter pauses decide nothing. */
const SHORTEST_PAUSE_S = 0.05;

interface Line {
  readonly text: string;
  readonly stamp: Stamp | undefined;
  /** As the mark says; null without one. */
  readonly side: 'out' | 'in' | null;
  readonly number: number;
}

/** Without a direction yet. */
function lineOf(content: string, number: number): Line {
  const stamp = stampOf(content);
  return { text: (stamp ? stamp.rest : content).trim(), stamp, side: null, number };
}

/** Take the marks off. One that all lines have alike says nothing, and may stand before others. */
function unmarked(lines: readonly Line[]): Line[] {
  const found = lines.map((line): Line => {
    const mark = MARK.exec(line.text);
    if (!mark) return { ...line, side: null };
    return { ...line, text: line.text.slice(mark[0].length), side: mark[1] ? 'out' : 'in' };
  });
  const sides = new Set(found.map(({ side }) => side).filter((side) => side !== null));
  if (sides.size === 1) return unmarked(found);
  const commands = found.filter(({ text }) => COMMAND.test(text));
  const fromModem =
    commands.some(({ side }) => side === 'in') && !commands.some(({ side }) => side === 'out');
  if (!fromModem) return found;
  return found.map((line) => ({ ...line, side: line.side && (line.side === 'in' ? 'out' : 'in') }));
}

/** As it was on the wire, without quotes and written line ends. */
function bare(text: string): string {
  return text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(WRITTEN_ENDS, '')
    .trim();
}

/** Terminals leave out bytes that they cannot show. Were they missing, the end of the answer would stand in for them. */
function whole(text: string): string {
  const [, prefix, count, raw] = RAW.exec(text) ?? [];
  return prefix === undefined ? text : `${prefix}${count},${raw.padEnd(Number(count), '\0')}`;
}

class Converter {
  readonly items: Item[] = [{ kind: 'close', line: 0 }];
  commands = 0;
  #last: Line | undefined;
  /** The command to which nothing has been said yet. */
  #unanswered = '';
  /** Bytes of a payload that the capture may show: its prompt is still to come, or has come. */
  #payload = 0;
  #prompted = false;

  add(line: Line): void {
    const pauseS = gapS(this.#last?.stamp, line.stamp);
    if (this.#takePayload(line)) return;
    if (COMMAND.test(line.text)) {
      const echo =
        line.text === this.#unanswered && (line.side === 'in' || (line.side === null && pauseS < ECHO_S));
      if (!echo) this.#command(line);
    } else if (line.side !== 'out') {
      this.#said(line, pauseS);
    }
    this.#last = line;
  }

  /** Whether the line is part of the bytes behind a prompt. */
  #takePayload({ text, side }: Line): boolean {
    if (!this.#prompted) return false;
    this.#prompted = this.#payload > 0 && !COMMAND.test(text) && (side === 'out' || !FINAL.test(text));
    this.#payload = this.#prompted ? this.#payload - text.length - 1 : 0;
    return this.#prompted;
  }

  #command(line: Line): void {
    this.commands++;
    this.#unanswered = line.text;
    this.#payload = payloadOf(line.text);
    this.#prompted = false;
    const text = line.text.replace(/^(AT\+CPIN=)[^?].*$/i, '$1"*"');
    this.items.push({ kind: 'expect', text, line: line.number });
  }

  #said(line: Line, pauseS: number): void {
    this.#unanswered = '';
    const isPrompt = line.text.startsWith('>') || PROMPT_WORD.test(line.text);
    if (this.#payload > 0 && !this.#prompted && !FAILED.test(line.text)) {
      this.#prompted = true;
      // Some terminals do not show the prompt, which ends no line.
      this.#send(PROMPT_WORD.test(line.text) ? `\r\n${line.text}\r\n` : '\r\n> ', pauseS, line);
      if (isPrompt || this.#takePayload(line)) return;
    }
    this.#send(`\r\n${whole(line.text)}\r\n`, pauseS, line);
    if (OFF.test(line.text)) this.items.push({ kind: 'close', line: line.number });
  }

  /** What is said without a pause is said at once. */
  #send(text: string, pauseS: number, { number }: Line): void {
    const before = this.items.at(-1);
    const joins = before?.kind === 'send' && pauseS < SHORTEST_PAUSE_S && !PROMPT_END.test(before.text);
    if (joins && before.text.length + text.length < 4096) {
      this.items[this.items.length - 1] = { ...before, text: before.text + text };
      return;
    }
    this.items.push({ kind: 'send', text, afterS: pauseS < SHORTEST_PAUSE_S ? 0 : pauseS, line: number });
  }
}

/** The transcript in a capture; undefined when there is no command in it. */
export function convertCapture(text: string): Item[] | undefined {
  const lines = text
    .split(/\r*\n|\r+/)
    .map((content, index) => ({ content, number: index + 1 }))
    .filter(({ content }) => !isBlank(content))
    .map(({ content, number }) => lineOf(content, number));
  const converter = new Converter();
  for (const line of unmarked(lines)) {
    const text = bare(line.text);
    if (text !== '') converter.add({ ...line, text });
  }
  return converter.commands > 0 ? converter.items : undefined;
}
