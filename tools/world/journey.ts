import type { Corridor, Station, YardTime, Zone } from './corridor.ts';
import { isEuSummerTime } from './local-time.ts';
import { type Call, timetable } from './timetable.ts';

const HOUR_MS = 3_600_000;
const RAD = Math.PI / 180;

export interface JourneyPoint {
  readonly km: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitudeM: number;
  readonly speedKmh: number;
  /** Direction of travel, clockwise from north; at a station the direction of departure. */
  readonly courseDeg: number;
  /** "Dostyk" or "Dostyk - Aktogay". */
  readonly place: string;
  readonly atStation: string | undefined;
  readonly country: string;
  readonly mcc: string;
  readonly utcOffsetMin: number;
}

/** Where the train is at any hour since departure. After the last hour it stays where it is. */
export class Journey {
  readonly calls: readonly Call[];
  readonly hours: number;
  readonly departureMs: number;
  readonly #zones: readonly Zone[];

  /** @param departureMs UTC, milliseconds since 1970. */
  constructor(corridor: Corridor, departureMs: number) {
    this.calls = timetable(corridor.stations, corridor.rideHours);
    this.hours = corridor.rideHours;
    this.departureMs = departureMs;
    this.#zones = corridor.zones;
  }

  at(hour: number): JourneyPoint {
    const [here, next] = this.#leg(hour);
    const moving = next !== undefined && hour > here.departHour;
    const along = moving ? (hour - here.departHour) / (next.arriveHour - here.departHour) : 0;
    const from = here.station;
    const to = next?.station ?? from;
    const km = between(from.km, to.km, along);
    const zone = this.zoneAt(km);
    const summer = zone.euSummerTime && isEuSummerTime(this.utcMs(hour));
    return {
      km,
      latDeg: between(from.latDeg, to.latDeg, along),
      lonDeg: between(from.lonDeg, to.lonDeg, along),
      altitudeM: between(from.altitudeM, to.altitudeM, along),
      speedKmh: moving ? (from.speedKmhToNext ?? 0) : 0,
      courseDeg: courseDeg(from, to),
      place: moving ? `${from.name} - ${to.name}` : from.name,
      atStation: moving ? undefined : from.name,
      country: zone.country,
      mcc: zone.mcc,
      utcOffsetMin: zone.utcOffsetMin + (summer ? 60 : 0),
    };
  }

  utcMs(hour: number): number {
    return this.departureMs + hour * HOUR_MS;
  }

  zoneAt(km: number): Zone {
    return this.#zones.findLast((zone) => zone.fromKm <= km) as Zone;
  }

  /** Hours spent between two kilometres. A stop at either end lies outside, a stop in between inside. */
  hoursBetween(fromKm: number, toKm: number): { fromHour: number; toHour: number } {
    return { fromHour: this.#hourAt(fromKm, 'departHour'), toHour: this.#hourAt(toKm, 'arriveHour') };
  }

  /** A time at a station as hours since departure, cut off where the train leaves. */
  hoursAt(time: YardTime): { fromHour: number; toHour: number } {
    const call = this.calls.find(({ station }) => station.name === time.station) as Call;
    const at = (hour: number) => Math.min(call.arriveHour + hour, call.departHour);
    return { fromHour: at(time.fromHour), toHour: at(time.toHour) };
  }

  /** The stretch travelled in a time: "Dostyk - Aktogay", or one name when it begins and ends in one station. */
  stretch(fromHour: number, toHour: number): string {
    const start = this.#leg(fromHour)[0].station.name;
    const [here, next] = this.#leg(toHour);
    const end = next && toHour > here.departHour ? next.station.name : here.station.name;
    return start === end ? start : `${start} - ${end}`;
  }

  /** The call at or before an hour, and the one after it. */
  #leg(hour: number): [Call, Call | undefined] {
    const index = Math.max(
      0,
      this.calls.findLastIndex((call) => call.arriveHour <= hour),
    );
    return [this.calls[index] as Call, this.calls[index + 1]];
  }

  #hourAt(km: number, edge: 'arriveHour' | 'departHour'): number {
    const index = this.calls.findLastIndex((call) => call.station.km <= km);
    const here = this.calls[Math.max(0, index)] as Call;
    const next = this.calls[index + 1];
    if (km <= here.station.km || !next) return here[edge];
    const along = (km - here.station.km) / (next.station.km - here.station.km);
    return between(here.departHour, next.arriveHour, along);
  }
}

function between(a: number, b: number, along: number): number {
  return a + (b - a) * along;
}

/** Initial bearing of the great circle. */
function courseDeg(from: Station, to: Station): number {
  const east = (to.lonDeg - from.lonDeg) * RAD;
  const y = Math.sin(east) * Math.cos(to.latDeg * RAD);
  const x =
    Math.cos(from.latDeg * RAD) * Math.sin(to.latDeg * RAD) -
    Math.sin(from.latDeg * RAD) * Math.cos(to.latDeg * RAD) * Math.cos(east);
  return (Math.atan2(y, x) / RAD + 360) % 360;
}
