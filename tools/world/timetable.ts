import type { Station } from './corridor.ts';

/** A station with its times, in hours since departure from the first one. */
export interface Call {
  readonly station: Station;
  readonly arriveHour: number;
  readonly departHour: number;
}

/** When the train calls where. The last call lasts to the end of the ride. */
export function timetable(stations: readonly Station[], rideHours: number): Call[] {
  let hour = 0;
  return stations.map((station, index) => {
    const arriveHour = hour;
    const departHour = station.dwellHours === undefined ? rideHours : arriveHour + station.dwellHours;
    const next = stations[index + 1];
    if (next) hour = departHour + (next.km - station.km) / (station.speedKmhToNext ?? Number.NaN);
    return { station, arriveHour, departHour };
  });
}
