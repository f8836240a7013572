/**
 * A decimal number as text, scaled by ten to the `digits` and rounded half away from zero, by integer arithmetic alone:
 * interpreters differ in the last bit of parseFloat, and a fix must be the same on all of them.
 * NaN when the text is no plain decimal ("-0.5", "12", "44.060004").
 */
export function scaledDecimal(text: string, digits: number): number {
  const negative = text.charAt(0) === '-';
  const from = negative ? 1 : 0;
  let value = 0;
  let taken = -1; // digits taken behind the point, -1 before it
  let seen = 0;
  for (let i = from; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit === -2 && taken < 0) {
      taken = 0;
    } else if (digit < 0 || digit > 9) {
      return NaN;
    } else if (taken < digits) {
      value = value * 10 + digit;
      if (taken >= 0) taken++;
      seen++;
    } else {
      if (taken === digits && digit >= 5) value++;
      taken = digits + 1;
    }
  }
  if (seen === 0) return NaN;
  for (let missing = digits - Math.max(taken, 0); missing > 0; missing--) value *= 10;
  return negative && value > 0 ? -value : value;
}
