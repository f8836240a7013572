/**
 * Lithium plates out on a cell that is charged below freezing, and until the next reading it may get colder: 1 K is what a
 * hard night takes in an interval. Above 45 C, where cells' data sheets end, a cell ages.
 */
const COLDEST_MILLI_C = 1000;
const HOTTEST_MILLI_C = 45000;
/** Charging warms the cell, and its end cools it: so it begins again well inside. */
const AGAIN_FROM_MILLI_C = 2000;
const AGAIN_TO_MILLI_C = 42000;

/**
 * Whether the Li-ion cell may be charged at this temperature (thousandths of a degree Celsius); `before`: whether it was
 * until now. Not where the temperature is unknown.
 */
export function mayCharge(before: boolean, milliC: number | null): boolean {
  if (milliC === null) return false;
  if (before) return milliC >= COLDEST_MILLI_C && milliC <= HOTTEST_MILLI_C;
  return milliC > AGAIN_FROM_MILLI_C && milliC <= AGAIN_TO_MILLI_C;
}
