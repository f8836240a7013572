/**
 * The container's doors.
 *
 * Contract: `isOpen` gives null when no sensor is fitted, and when two sensors contradict each other: light inside while
 * the contact says shut, or darkness while it says open. It blocks for at most 5 ms.
 */
export interface Door {
  isOpen(): boolean | null;
}
