/**
 * NMEA 0183 from bytes: finds sentences in whatever else is on the line, and hands on those that a position is made of.
 * The same bytes give the same sentences however they are chunked.
 */

/** The standard allows 82 characters with CR and LF; receivers with long fractions and many satellites exceed that. */
const LONGEST_SENTENCE = 120;
/** Bytes without a line's end that are looked through all the same, so that noise takes no room. */
const MOST_UNREAD = 256;
export type SentenceProblem = 'too-long' | 'no-checksum' | 'checksum-digits' | 'checksum' | 'not-printable';

export class NmeaReader {
  private readonly onSentence: (fields: string[]) => void;
  private readonly onProblem: (problem: SentenceProblem, text: string) => void;
  /** What has come of a sentence. */
  private rest = '';

  /** `onSentence` gets the fields between "$" and "*", of which the first is the address, as in GPRMC. */
  constructor(
    onSentence: (fields: string[]) => void,
    onProblem: (problem: SentenceProblem, text: string) => void,
  ) {
    this.onSentence = onSentence;
    this.onProblem = onProblem;
  }

  /** Forget what has come so far. */
  reset(): void {
    this.rest = '';
  }

  push(bytes: string): void {
    this.rest += bytes;
    // At 9600 baud bytes come one by one; most of them end nothing.
    if (bytes.indexOf('\n') < 0 && bytes.indexOf('\r') < 0 && this.rest.length < MOST_UNREAD) return;
    // A few native calls for any number of bytes: a sentence ends with CR, with LF, or where the next one begins.
    const pieces = this.rest.split('\r').join('\n').split('$').join('\n$').split('\n');
    const open = pieces.pop() as string;
    // One character more than allowed is enough to know that it is too long.
    this.rest = open.charAt(0) === '$' ? open.substr(0, LONGEST_SENTENCE + 1) : '';
    for (let i = 0; i < pieces.length; i++) if (pieces[i].charAt(0) === '$') this.check(pieces[i]);
  }

  private check(text: string): void {
    // The first two letters of an address are the satellite system's.
    const kind = text.substr(3, 4);
    if (kind !== 'RMC,' && kind !== 'GGA,' && kind !== 'GSA,' && kind !== 'ZDA,') return;
    const star = text.indexOf('*');
    if (text.length > LONGEST_SENTENCE) {
      this.onProblem('too-long', text.substr(0, LONGEST_SENTENCE));
      return;
    }
    if (star < 0) {
      this.onProblem('no-checksum', text);
      return;
    }
    if (text.length !== star + 3) {
      this.onProblem('checksum-digits', text);
      return;
    }
    let sum = 0;
    for (let i = 1; i < star; i++) {
      const code = text.charCodeAt(i);
      // NUL would not change the sum.
      if (code < 32 || code > 126) {
        this.onProblem('not-printable', text);
        return;
      }
      sum ^= code;
    }
    const digits = sum < 16 ? `0${sum.toString(16)}` : sum.toString(16);
    if (digits.toUpperCase() === text.substr(star + 1).toUpperCase())
      this.onSentence(text.substring(1, star).split(','));
    else this.onProblem('checksum', text);
  }
}
