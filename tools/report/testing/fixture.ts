import { harmAccount } from '../../ride/harm.ts';
import type { Gap, ReadingPoint, RideResult, Stop, TrackPoint } from '../../ride/result.ts';
import { type Random, randomStream } from '../../sim/random.ts';

/** km, name, latitude, longitude, hours of stay, note. Places and chainage of the overland route, times invented. */
const PLACES: readonly [number, string, number, number, number, string?][] = [
  [0, 'Yen Vien, Hanoi', 21.083, 105.917, 6],
  [160, 'Pingxiang', 22.1, 106.75, 14, 'border, customs'],
  [380, 'Nanning', 22.817, 108.317, 5],
  [980, 'Guiyang', 26.583, 106.717, 2],
  [1400, 'Chongqing', 29.66, 106.35, 58, 'trains made up anew'],
  [2200, "Xi'an", 34.258, 108.929, 4],
  [2900, 'Lanzhou', 36.057, 103.84, 3],
  [3670, 'Jiayuguan', 39.811, 98.286, 2],
  [4300, 'Hami', 42.834, 93.506, 2],
  [4870, 'Urumqi', 43.801, 87.6, 5],
  [5330, 'Alashankou', 45.17, 82.57, 16, 'border, gauge 1435 to 1520'],
  [5342, 'Dostyk', 45.25, 82.48, 7, 'border, customs'],
  [5690, 'Aktogay', 46.95, 79.67, 2],
  [6110, 'Balkhash', 46.845, 74.982, 1],
  [6270, 'Moyynty', 47.22, 73.354, 2],
  [6620, 'Karaganda', 49.802, 73.102, 2],
  [6850, 'Astana', 51.18, 71.446, 4],
  [7370, 'Petropavl', 54.873, 69.151, 5, 'border'],
  [7900, 'Chelyabinsk', 55.161, 61.429, 3],
  [8900, 'Samara', 53.208, 50.136, 3],
  [9930, 'Moscow ring', 55.752, 37.618, 8],
  [10370, 'Smolensk', 54.778, 32.051, 2],
  [10750, 'Minsk', 53.9, 27.567, 2],
  [11120, 'Brest', 52.109, 23.717, 30, 'border'],
  [11130, 'Malaszewicze', 52.03, 23.52, 46, 'gauge 1520 to 1435'],
  [11340, 'Warsaw', 52.23, 21.012, 2],
  [11900, 'Frankfurt (Oder)', 52.347, 14.551, 2],
  [12580, 'Duisburg', 51.432, 6.765, 0],
];

const DAYS = 25;
const READINGS_A_DAY = 144;
/** Chainage without a cell, km. */
const HOLES: readonly [number, number, string][] = [
  [860, 885, 'tunnels (assumption)'],
  [3900, 4180, 'coverage hole (assumption)'],
  [4420, 4600, 'coverage hole (assumption)'],
  [5360, 5670, 'coverage hole (assumption)'],
  [5700, 6240, 'coverage hole (assumption)'],
  [6300, 6480, 'coverage hole (assumption)'],
  [8100, 8210, 'coverage hole (assumption)'],
];

/** A ride of 25 days with a reading every 10 min. The same seed gives the same ride. */
export function syntheticRide(seed = 1): RideResult {
  const random = randomStream(seed, 'report fixture');
  const stops = timetable();
  const track = Array.from({ length: DAYS * 48 + 1 }, (_, index) => trackAt(stops, index / 2));
  const ambient = track
    .filter((_, index) => index % 2 === 0)
    .map((point) => ({ hour: point.hour, celsius: outside(point) }));
  const gaps = gapsOf(track, stops, random);
  const count = DAYS * READINGS_A_DAY;
  return {
    title: 'Hanoi to Duisburg, chilled fruit, January',
    departure: '2026-01-08T06:00:00Z',
    summary: {
      scenario: 'hanoi-duisburg-january',
      seed,
      board: 'lilygo-t-sim7000g',
      days: DAYS,
      samples: count,
      stored: count,
      delivered: count - 12,
      inDatabase: count,
      lost: 0,
      invented: 0,
      duplicatesDropped: 84,
      longestGapHours: Math.max(...gaps.map((gap) => gap.toHour - gap.fromHour)),
      sessions: 141,
      bytesOnAirUp: 21_804,
      bytesOnAirDown: 5_230,
      bytesPerReadingOnAir: 7.51,
      flash: { bytesPerReading: 2.94, pagesUsed: 3, erases: 3 },
      alarms: { raised: 0, false: 0 },
      wakes: 3_644,
      modelledMilliampHours: 287.4,
      energy: {
        milliampHours: 287.4,
        perDay: 11.5,
        byState: [
          { state: 'board asleep', hours: 595.5, milliampHours: 238.2 },
          { state: 'modem searching', hours: 0.82, milliampHours: 49.2 },
        ],
        battery: {
          name: 'Li-ion 18650, 3.0 Ah',
          capacityMilliampHours: 3000,
          coldestC: -20.8,
          daysLeft: 95.4,
        },
      },
      radio: [
        { country: 'VN', use: 'NB-IoT', bytesUp: 12_000, bytesDown: 9000, milliampHours: 1.5 },
        { country: 'VN', use: 'none', bytesUp: 0, bytesDown: 0, milliampHours: 6.25 },
      ],
    },
    track,
    readings: readingsOf(ambient, random),
    ambient,
    gaps,
    stops,
    harm: harmAccount([], [], { departure: '2026-01-08T06:00:00Z', intervalS: 600 }),
  };
}

/** Stays as listed; the rest of the ride is spread over the kilometres. */
function timetable(): Stop[] {
  const stays = PLACES.reduce((sum, [, , , , stay]) => sum + stay, 0);
  const hoursPerKm = (DAYS * 24 - stays) / (PLACES.at(-1)?.[0] ?? 1);
  let stayed = 0;
  return PLACES.map(([km, name, latDeg, lonDeg, stay, note]) => {
    const arriveHour = stayed + km * hoursPerKm;
    stayed += stay;
    return {
      name,
      latDeg,
      lonDeg,
      km,
      arriveHour,
      departHour: arriveHour + stay,
      ...(note === undefined ? {} : { note }),
    };
  });
}

function trackAt(stops: readonly Stop[], hour: number): TrackPoint {
  const next = stops.findIndex((stop) => stop.departHour >= hour);
  const to = stops[next] ?? (stops.at(-1) as Stop);
  const from = stops[next - 1] ?? to;
  const share = from === to ? 1 : Math.min(1, (hour - from.departHour) / (to.arriveHour - from.departHour));
  const between = (one: number, other: number) => one + (other - one) * share;
  const km = between(from.km, to.km);
  return {
    hour,
    latDeg: between(from.latDeg, to.latDeg),
    lonDeg: between(from.lonDeg, to.lonDeg),
    km,
    covered: !HOLES.some(([start, end]) => km >= start && km <= end),
  };
}

/** From mild Vietnam to a Kazakh winter and wet German weather, with days and nights. */
function outside({ hour, latDeg, lonDeg }: TrackPoint): number {
  const continental = Math.exp(-(((lonDeg - 76) / 24) ** 2));
  const mean = 19 - 0.75 * (latDeg - 21) - 9 * continental + (lonDeg < 30 ? 6 : 0);
  return mean + 4.5 * Math.sin(((hour - 4) / 24) * 2 * Math.PI);
}

function readingsOf(ambient: RideResult['ambient'], random: Random): ReadingPoint[] {
  return Array.from({ length: DAYS * READINGS_A_DAY }, (_, index) => {
    const hour = (index + 1) / 6;
    const air = ambient[Math.min(ambient.length - 1, Math.floor(hour))]?.celsius ?? 0;
    const cycle = 0.5 * Math.sin(hour * 1.9) + (random.next() - 0.5) * 0.3;
    const defrost = index % 71 < 2 ? 3.5 : 0;
    // One door opening of a single reading, one transfer without power, one sensor that stops answering for a while.
    const door = index === 610 ? 9 : 0;
    const unplugged = index > 2950 && index < 3050 ? -2.2 * Math.sin(((index - 2950) / 100) * Math.PI) : 0;
    const supplyC = tenth(2 + cycle + defrost + door + unplugged + air * 0.01);
    const silent = index >= 1500 && index < 1530;
    return {
      hour,
      supplyC: silent ? null : supplyC,
      supplyRh: silent ? null : tenth(88 + 3 * Math.sin(hour / 9) - defrost * 3 - door + random.next() * 1.5),
      returnC: index === 2000 ? null : tenth(supplyC + 1.4 + random.next() * 0.2),
    };
  });
}

/** The holes of the track, two stays under steel, and short waits at chance times. */
function gapsOf(track: readonly TrackPoint[], stops: readonly Stop[], random: Random): Gap[] {
  const gap = (fromHour: number, toHour: number, where: string, reason: string): Gap => ({
    fromHour,
    toHour,
    where,
    reason,
    readings: Math.max(1, Math.floor((toHour - fromHour) * 6)),
  });
  const holes = HOLES.flatMap(([start, end, reason]) => {
    const inside = track.filter(({ km, covered }) => !covered && km >= start && km <= end);
    const [first, last] = [inside[0], inside.at(-1)];
    if (first === undefined || last === undefined) return [];
    const before = stops.filter(({ km }) => km <= start).at(-1)?.name;
    const after = stops.find(({ km }) => km >= end)?.name;
    return [gap(first.hour, last.hour + 0.5 + random.next() * 2, `${before} - ${after}`, reason)];
  });
  const yards = stops
    .filter(({ name }) => name === 'Chongqing' || name === 'Malaszewicze')
    .map(({ name, arriveHour, departHour }) =>
      gap(arriveHour + 4, departHour - 3, name, 'steel stack in the yard'),
    );
  const short = Array.from({ length: 36 }, () => {
    const from = random.next() * (DAYS * 24 - 3);
    return gap(from, from + 0.4 + random.next() * 1.8, 'on the line', 'no registration in time');
  });
  return [...holes, ...yards, ...short].sort((one, other) => one.fromHour - other.fromHour);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
