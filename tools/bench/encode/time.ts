const CALENDAR =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(?:Z|([+-])(\d\d):?(\d\d))?$/;
const EPOCH = /^\d+(\.\d+)?$/;
/** As seconds this is the year 5138, as milliseconds 1973: what is above counts milliseconds. */
const FIRST_MILLISECONDS = 1e11;
/** Seconds since 1970 in 32 bits: up to the year 2106. */
const END_MS = 4294967296e3;

/**
 * Milliseconds since 1970 of a time as files have it: ISO 8601, "2015-02-11 14:48:00" (UTC where no offset is given),
 * or seconds or milliseconds since 1970. Undefined when it is none, or before 1970 or after 2106.
 */
export function readTime(text: string): number | undefined {
  const timeMs = EPOCH.test(text) ? epoch(Number(text)) : calendar(text);
  return timeMs !== undefined && timeMs >= 0 && timeMs < END_MS ? timeMs : undefined;
}

function epoch(value: number): number {
  return value >= FIRST_MILLISECONDS ? value : value * 1000;
}

function calendar(text: string): number | undefined {
  const parts = CALENDAR.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const dayMs = Date.UTC(year, month - 1, day);
  const isReal = month >= 1 && month <= 12 && new Date(dayMs).getUTCDate() === day;
  if (!isReal || hour > 23 || minute > 59 || second > 59) return undefined;
  const offsetMin = (parts[8] === '-' ? -1 : 1) * (Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0));
  const fraction = Number(`0.${parts[7] ?? 0}`);
  return dayMs + (hour * 3600 + minute * 60 + second + fraction - offsetMin * 60) * 1000;
}
