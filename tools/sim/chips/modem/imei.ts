import type { Random } from '../../random.ts';

/** Eight digits that tell the type, six of this modem's own, and the Luhn digit. */
export function makeImei(prefix: string, random: Random): string {
  const digits = `${prefix}${String(random.int(0, 999_999)).padStart(6, '0')}`;
  let sum = 0;
  for (const [index, digit] of [...digits].entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
