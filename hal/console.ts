/**
 * The technician's serial console.
 *
 * Contract: `line` writes one line of printable ASCII and never blocks for a reader that is not there. What is written
 * here is for people; nothing may depend on it.
 */
export interface Console {
  line(text: string): void;
}
