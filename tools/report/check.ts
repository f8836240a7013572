import { ColdrailError } from '../errors/error.ts';
import type { RideResult } from '../ride/result.ts';

/** Longer than any ride, shorter than what a date can hold. */
const LONGEST_RIDE_HOURS = 20 * 366 * 24;

/**
 * Refuses a ride whose times or positions cannot be drawn.
 * @throws {ColdrailError} `report.unreadable-ride`, naming the field
 */
export function checkDrawable(result: RideResult): void {
  if (Number.isNaN(Date.parse(result.departure))) refuse('departure', result.departure);
  checkHour('summary.days', result.summary.days * 24);
  result.readings.forEach((reading, index) => {
    checkHour(`readings[${index}].hour`, reading.hour);
  });
  result.ambient.forEach((point, index) => {
    checkHour(`ambient[${index}].hour`, point.hour);
  });
  result.gaps.forEach((gap, index) => {
    checkHour(`gaps[${index}].fromHour`, gap.fromHour);
    checkHour(`gaps[${index}].toHour`, gap.toHour);
  });
  result.track.forEach((point, index) => {
    checkHour(`track[${index}].hour`, point.hour);
    checkPosition(`track[${index}]`, point);
  });
  result.stops.forEach((stop, index) => {
    checkHour(`stops[${index}].arriveHour`, stop.arriveHour);
    checkHour(`stops[${index}].departHour`, stop.departHour);
    checkPosition(`stops[${index}]`, stop);
  });
}

function checkPosition(field: string, { latDeg, lonDeg }: { latDeg: number; lonDeg: number }): void {
  if (!(Math.abs(latDeg) <= 90)) refuse(`${field}.latDeg`, latDeg);
  if (!(Math.abs(lonDeg) <= 180)) refuse(`${field}.lonDeg`, lonDeg);
}

function checkHour(field: string, hour: number): void {
  if (!(Math.abs(hour) <= LONGEST_RIDE_HOURS)) refuse(field, hour);
}

function refuse(field: string, value: string | number): never {
  throw new ColdrailError('report.unreadable-ride', { field, value });
}
