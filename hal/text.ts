/**
 * Whether `part` stands in `text`. Espruino's own indexOf takes a match that the end of the text cuts short for a whole
 * one ("hello".indexOf("oz") is 4), and so do includes and replace; a single character is safe.
 */
export function contains(text: string, part: string): boolean {
  const at = text.indexOf(part);
  return at >= 0 && at + part.length <= text.length;
}
