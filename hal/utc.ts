/** No clock that tells a time before this is believed: 2026-01-01T00:00:00Z, seconds since 1970. */
export const EARLIEST_UTC_S = 1767225600;
/** How long after the build a clock is believed: 20 years, which end on 2046-01-01T00:00:00Z. */
export const BELIEVED_FOR_S = 631152000;

/** Days from 1970-01-01 to a date of the Gregorian calendar, month 1 to 12 (H. Hinnant, days_from_civil). */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const m = month <= 2 ? month + 9 : month - 3;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * m + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/**
 * Seconds since 1970 of the two-digit groups in `text`, which starts with year, month, day, hour, minute, second, each
 * `stride` characters after the one before ("20260110060005" behind "20" has stride 2, "26/01/10,06:00:05" stride 3).
 * Years are 1980 to 2079, as GPS began in 1980. Null when a group is no number or out of range.
 */
export function secondsIn(text: string, stride: number): number | null {
  const digit = (at: number): number => {
    const value = text.charCodeAt(at) - 48;
    return value >= 0 && value <= 9 ? value : NaN;
  };
  const part = (index: number): number => digit(index * stride) * 10 + digit(index * stride + 1);
  const ofCentury = part(0);
  const year = ofCentury < 80 ? 2000 + ofCentury : 1900 + ofCentury;
  const month = part(1);
  const day = part(2);
  const hour = part(3);
  const minute = part(4);
  const second = part(5);
  if (!(month >= 1 && month <= 12 && day >= 1)) return null;
  if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 61)) return null;
  const days = daysSince1970(year, month, day);
  if (!(days < (month === 12 ? daysSince1970(year + 1, 1, 1) : daysSince1970(year, month + 1, 1))))
    return null;
  return days * 86400 + hour * 3600 + minute * 60 + second;
}

/** As `secondsIn`, and null as well when the time is not between 2026 and 2045. */
export function parseUtc(text: string, stride: number): number | null {
  const utcS = secondsIn(text, stride);
  return utcS !== null && utcS >= EARLIEST_UTC_S && utcS < EARLIEST_UTC_S + BELIEVED_FOR_S ? utcS : null;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** The form that modems take and tell, 27.007, 8.15: "yy/MM/dd,hh:mm:ss+00" for seconds since 1970. */
export function clockText(utcS: number): string {
  let year = 2026;
  while (daysSince1970(year + 1, 1, 1) * 86400 <= utcS) year++;
  let month = 1;
  while (month < 12 && daysSince1970(year, month + 1, 1) * 86400 <= utcS) month++;
  const ofMonthS = utcS - daysSince1970(year, month, 1) * 86400;
  const ofDayS = ofMonthS % 86400;
  const date = `${twoDigits(year - 2000)}/${twoDigits(month)}/${twoDigits((ofMonthS - ofDayS) / 86400 + 1)}`;
  const minutes = Math.floor(ofDayS / 60);
  const time = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(ofDayS % 60)}`;
  return `${date},${time}+00`;
}
