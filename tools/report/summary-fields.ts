import type { Summary } from '../ride/result.ts';
import { quantity } from './format.ts';

export interface SummaryRow {
  /** Path in summary.json, "flash.erases". */
  field: string;
  value: string;
  meaning: string;
}

/** Without the fields that are tables of their own. */
type Fields = Omit<Summary, 'radio' | 'energy'> & { energy: Omit<Summary['energy'], 'byState'> };

/** What each field of summary.json says; a field without a meaning does not compile. */
const MEANINGS: Meanings<Fields> = {
  scenario: 'Name of the simulated ride',
  seed: 'Number that all chance in the ride is drawn from; the same seed gives the same ride',
  board: 'Board that the firmware was built for',
  days: 'Length of the ride, days',
  samples: 'Times the supply-air sensor was read out for a reading, counted by the chip model',
  stored: "Readings found whole in the flash image, counted by the host's decoder",
  delivered: 'Readings that reached the database while the container still rode',
  inDatabase: 'Rows counted by SQL at the end',
  lost: 'Readings stored, and not in the database at the end',
  invented: 'Rows in the database that were never sampled, or with another value than the chip gave',
  duplicatesDropped: 'Records that arrived again and were dropped by device and sequence number',
  longestGapHours: 'Longest time without uplink, h',
  sessions: 'Uplink sessions',
  bytesOnAirUp: 'Bytes sent by the device, B',
  bytesOnAirDown: 'Bytes received by the device, B',
  bytesPerReadingOnAir: 'Bytes on the air for each reading, all protocol included, B',
  flash: {
    bytesPerReading: 'Flash used for each reading, framing and checks included, B',
    pagesUsed: 'Pages of 4 KiB used',
    erases: 'Pages erased',
  },
  alarms: {
    raised: 'Alarms that the tracker raised about the cargo',
    false: 'Those of them that nothing done to the box explains, or a defrost alone',
  },
  wakes: 'Times the device woke (each wake is a boot)',
  modelledMilliampHours: 'Charge that the energy model says the ride took, mAh',
  energy: {
    milliampHours: 'The same, mAh',
    perDay: 'Of it a day, mAh',
    battery: {
      name: 'Battery that this board is usually fitted with',
      capacityMilliampHours: 'What it holds at 20 C, mAh',
      coldestC: 'Coldest outside air of the ride, at which less of that can be used, C',
      daysLeft:
        'Days that it would go on behind this ride at the same rate, full at departure and never charged',
    },
  },
};

type Meanings<T> = { readonly [Key in keyof T]-?: T[Key] extends object ? Meanings<T[Key]> : string };

/** Every field of the summary in the order of its type, nested ones by their path. */
export function summaryRows(summary: Summary): SummaryRow[] {
  return rowsOf('', summary, MEANINGS);
}

function rowsOf(prefix: string, values: object, meanings: object): SummaryRow[] {
  const byName = new Map<string, unknown>(Object.entries(values));
  return Object.entries(meanings).flatMap(([key, meaning]) => {
    const value = byName.get(key);
    if (typeof meaning === 'object') return rowsOf(`${prefix}${key}.`, Object(value), meaning);
    return [
      {
        field: `${prefix}${key}`,
        value: key !== 'seed' && typeof value === 'number' ? quantity(value) : String(value),
        meaning,
      },
    ];
  });
}
