/** What stands between a log and its proof. */
export type FindingKind =
  /** A page that is not what its seal says, or whose seal can't be read. */
  | 'seal'
  /** A page that was written without a key. */
  | 'not-sealed'
  /** A page that should be there: cut off, gone from between two others, or of a header that does not verify. */
  | 'missing-pages'
  | 'later-format'
  /** A page in a place that its own header does not name, or of a sequence that another one has too. */
  | 'place'
  /** A page is erased that should hold the log. */
  | 'erased-page'
  /** Numbers that nothing in the log accounts for. */
  | 'missing-records'
  /** A number that comes twice. */
  | 'order'
  /** Bytes that are neither the log nor erased, and that nothing in the log explains. */
  | 'rubbish'
  /** A check that is not the one of its record. */
  | 'check'
  | 'configuration'
  /** Bytes around the tracker's region. */
  | 'outside';

export interface Finding {
  readonly kind: FindingKind;
  /** Byte of the image. */
  readonly offset: number;
  /** One sentence for a person, or two. */
  readonly detail: string;
}

/** "page 7", "pages 7 to 9". */
export function span(what: string, first: number, last: number): string {
  return first === last ? `${what} ${first}` : `${what}s ${first} to ${last}`;
}

/** "1 byte", "2 bytes". */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
