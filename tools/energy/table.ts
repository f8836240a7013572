import { textTable } from '../ride/text-table.ts';
import { inOrder, type StateCharge } from '../sim/energy.ts';
import { sum } from './duty.ts';

/** A way to spend the day, and how long a full battery lasts with it. */
export interface Way {
  /** Heads a column. */
  readonly name: string;
  /** Of one day. */
  readonly byState: readonly StateCharge[];
  readonly perDay: number;
  readonly days: readonly Lasts[];
}

export interface Lasts {
  readonly celsius: number;
  readonly days: number;
}

/** Ways side by side: mAh a day by state and in all, and days on the battery. */
export function waysTable(ways: readonly Way[], battery: string): string {
  const states = new Set(inOrder(ways.flatMap(({ byState }) => byState)).map(({ state }) => state));
  const line = (name: string, cell: (way: Way) => number): string[] => [
    name,
    ...ways.map((way) => cell(way).toFixed(1)),
  ];
  const temperatures = ways[0]?.days.map(({ celsius }) => celsius) ?? [];
  const rows = [
    ...[...states].map((state) =>
      line(state, ({ byState }) => sum(byState.filter((charge) => charge.state === state))),
    ),
    line('all, mAh a day', ({ perDay }) => perDay),
    ...temperatures.map((celsius, at) =>
      line(`days at ${celsius} C`, ({ days }) => days[at]?.days ?? Number.NaN),
    ),
  ];
  const head = [{ head: 'mAh a day' }, ...ways.map(({ name }) => ({ head: name, isFigure: true }))];
  return [...textTable(head, rows), '', `Days: on a full ${battery}, without external power.`].join('\n');
}
