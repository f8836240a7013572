import type { RadioTechnology } from '../sim/chips/radio.ts';
import type { Network, SimProfile, Station, Zone } from './corridor.ts';
import type { Fields } from './fields.ts';

export const MAX_KM = 40_000;
export const COUNTRY = /^[A-Z]{2}$/;
const MAX_SPEED_KMH = 120;
const TECHNOLOGIES: readonly RadioTechnology[] = ['LTE-M', 'NB-IoT', 'GSM', 'LTE'];

export function readStations(group: Fields): Station[] {
  group.marks('figures', ['latLonDeg', 'km', 'altitudeM', 'speedKmhToNext']);
  const items = group.list('items');
  let km = -1;
  return items.map((fields, index) => {
    const last = index === items.length - 1;
    const dwell = fields.object('dwell');
    dwell.mark();
    if (fields.has('coordinates')) fields.object('coordinates').mark();
    km = ascending(fields, 'km', km);
    return {
      name: fields.text('name'),
      km,
      latDeg: fields.number('latDeg', -90, 90),
      lonDeg: fields.number('lonDeg', -180, 180),
      altitudeM: fields.number('altitudeM', -500, 6000),
      dwellHours: last ? undefined : dwell.number('hours', 0, 24 * 60),
      speedKmhToNext: last ? undefined : fields.number('speedKmhToNext', 1, MAX_SPEED_KMH),
      note: fields.has('note') ? fields.text('note') : undefined,
    };
  });
}

export function readZones(group: Fields): Zone[] {
  group.mark();
  let km = -1;
  const zones = group.list('items').map((fields) => {
    km = ascending(fields, 'fromKm', km);
    return {
      fromKm: km,
      country: fields.text('country', COUNTRY),
      mcc: fields.text('mcc', /^\d{3}$/),
      utcOffsetMin: fields.number('utcOffsetMin', -12 * 60, 14 * 60),
      euSummerTime: fields.flag('euSummerTime'),
    };
  });
  if (zones[0]?.fromKm !== 0) group.fail('items', 'does not begin at km 0');
  return zones;
}

export function readProfiles(root: Fields, countries: ReadonlySet<string>): SimProfile[] {
  const profiles: SimProfile[] = [];
  for (const fields of root.list('simProfiles')) {
    fields.mark();
    const own = fields.list('networks').map((network): Network => {
      const country = network.text('country', COUNTRY);
      if (!countries.has(country)) network.fail('country', `is ${country}, where no zone is`);
      const technologies = network.texts('technologies', TECHNOLOGIES);
      const operator = network.text('operator');
      return { country, operator, mnc: network.text('mnc', /^\d{2,3}$/), technologies };
    });
    const base = fields.has('extends') ? fields.text('extends') : undefined;
    const inherited = profiles.find((profile) => profile.name === base);
    if (base && !inherited) fields.fail('extends', `names "${base}", which does not stand before it`);
    profiles.push({ name: fields.text('name'), networks: [...(inherited?.networks ?? []), ...own] });
  }
  return profiles;
}

function ascending(fields: Fields, key: string, before: number): number {
  const km = fields.number(key, 0, MAX_KM);
  return km > before ? km : fields.fail(key, `is ${km}, not behind the ${before} before it`);
}
