/**
 * The tracker's own time: seconds since power was applied.
 *
 * Contract:
 * - `uptimeS` never decreases between two power cuts; it continues through deep sleep and restarts near 0 when power
 *   was lost. It has a fraction of at least a millisecond. It knows nothing of UTC: wall time is a matter of records.
 * - Its rate is that of the board's RTC oscillator: up to some percent off at -30 C.
 * - `after` runs its function once, never before `delayMs` and never from inside `after`.
 * - `cancel` accepts an alarm that has run or was cancelled already, and never touches another one.
 */
export type Alarm = number;

export interface Clock {
  uptimeS(): number;
  after(delayMs: number, run: () => void): Alarm;
  cancel(alarm: Alarm): void;
}
