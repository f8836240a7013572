/**
 * Cuts a modem's bytes, which come in chunks of any size, into lines, prompts and counted raw reads. The same bytes give
 * the same pieces however they are chunked.
 */

/** No line of these modems that matters is longer; noise at boot may be. */
export const LONGEST_LINE = 512;
/** More than any command of ours asks for; a modem that announces more is not believed. */
const LONGEST_RAW = 1460;

export class AtReader {
  /** Lines dropped for being too long. */
  junk = 0;
  /** The next ">" at the start of a line is a prompt. */
  promptWanted = false;
  /** A line that begins so announces raw bytes, as in "+CARECV: 12,<12 bytes>"; empty for none. */
  rawPrefix = '';
  /** What stands between the count and the bytes: "," or the end of the line. */
  rawEnd = ',';
  private readonly onLine: (line: string) => void;
  private readonly onPrompt: () => void;
  private readonly onRaw: (bytes: string) => void;
  private buffer = '';
  private rawLeft = 0;
  private skipping = false;

  constructor(onLine: (line: string) => void, onPrompt: () => void, onRaw: (bytes: string) => void) {
    this.onLine = onLine;
    this.onPrompt = onPrompt;
    this.onRaw = onRaw;
  }

  /** Forget what has come so far and what was waited for. */
  reset(): void {
    this.expectNothing();
    this.buffer = '';
    this.skipping = false;
  }

  /** From here on there are only lines. */
  expectNothing(): void {
    this.promptWanted = false;
    this.rawPrefix = '';
    this.rawEnd = ',';
    this.rawLeft = 0;
  }

  push(bytes: string): void {
    this.buffer += bytes;
    while (this.buffer !== '' && this.step()) {}
  }

  /** Take one piece off the front of the buffer; false when what is there is not whole yet. */
  private step(): boolean {
    if (this.rawLeft > 0) {
      const part = this.buffer.substr(0, this.rawLeft);
      this.rawLeft -= part.length;
      this.buffer = this.buffer.substr(part.length);
      this.onRaw(part);
      return true;
    }
    return (!this.skipping && this.stepAtLineStart()) || this.stepOverLine();
  }

  private stepAtLineStart(): boolean {
    const first = this.buffer.charAt(0);
    // A prompt may be followed by a space.
    if (first === '\r' || first === '\n' || first === ' ') {
      this.buffer = this.buffer.substr(1);
      return true;
    }
    if (this.promptWanted && first === '>') {
      this.promptWanted = false;
      this.buffer = this.buffer.substr(1);
      this.onPrompt();
      return true;
    }
    return this.rawPrefix !== '' && this.buffer.startsWith(this.rawPrefix) && this.beginRaw();
  }

  private beginRaw(): boolean {
    const from = this.rawPrefix.length;
    const at = this.buffer.indexOf(this.rawEnd, from);
    const end = this.lineEnd();
    if (at < 0 || (this.rawEnd !== '\n' && end >= 0 && end < at)) return false;
    const count = parseInt(this.buffer.substring(from, at), 10);
    if (!(count > 0 && count <= LONGEST_RAW)) return false;
    this.rawPrefix = '';
    this.rawLeft = count;
    this.buffer = this.buffer.substr(at + 1);
    return true;
  }

  private stepOverLine(): boolean {
    const end = this.lineEnd();
    // Between CR and LF it is still open whether bytes follow.
    if (this.rawEnd === '\n' && end === this.buffer.length - 1 && this.buffer.charAt(end) === '\r')
      return false;
    if ((end < 0 ? this.buffer.length : end) > LONGEST_LINE) this.skipping = true;
    if (end < 0) {
      if (this.skipping) this.buffer = '';
      return false;
    }
    const line = this.buffer.substr(0, end);
    this.buffer = this.buffer.substr(end + 1);
    if (this.skipping) this.junk++;
    else this.onLine(line);
    this.skipping = false;
    return true;
  }

  private lineEnd(): number {
    const cr = this.buffer.indexOf('\r');
    const lf = this.buffer.indexOf('\n');
    if (cr < 0) return lf;
    return lf < 0 || cr < lf ? cr : lf;
  }
}
