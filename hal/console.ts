/**
 * The technician's serial console. It belongs to the firmware: what is typed is never run as a program.
 *
 * Contract:
 * - `line` writes one line of printable ASCII, `write` any text of printable ASCII, CR, LF, BS, BEL and ESC. Both wait at
 *   most for as long as the port takes, and never for a reader that is not there. Nothing may depend on what is written.
 * - `listen` hears what is typed from then on (each character one byte, split anywhere), in place of who listened before;
 *   null: nobody. What came before is not told.
 * - `release` gives the port to the interpreter's own console until the next start.
 */
export interface Console {
  line(text: string): void;
  write(text: string): void;
  listen(hear: ((bytes: string) => void) | null): void;
  release(): void;
}
