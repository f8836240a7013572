const HOUR_MS = 3_600_000;
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const tenths = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** A count or quantity for reading: groups of three, at most two decimals. */
export function quantity(value: number): string {
  return grouped.format(value);
}

/** Hours to a tenth, which is always shown, so that figures align. */
export function hours(value: number): string {
  return tenths.format(value);
}

/** `hour` hours after `departure`, "2026-01-08 06:10". UTC, like every time in the report. */
export function utc(departure: string, hour: number): string {
  return new Date(Date.parse(departure) + hour * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** `hour` hours after `departure`, "8 Jan". */
export function date(departure: string, hour: number): string {
  return dayMonth.format(new Date(Date.parse(departure) + hour * HOUR_MS));
}
