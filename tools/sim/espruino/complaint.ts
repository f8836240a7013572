/** What must never appear on the interpreter's console. */
export const COMPLAINT =
  /Uncaught|Execution Interrupted|New interpreter error|OUT OF MEMORY|Storage is corrupt|LOW_MEMORY/;
