import type { Draw } from '../sim/currents.ts';
import { inOrder, type StateCharge } from '../sim/energy.ts';

const DAY_S = 86_400;

/** A state, and how long it lasts. */
export interface Span {
  readonly draw: Draw;
  readonly seconds: number;
}

/** Something that a tracker does over and over. The board is awake for it, and the modem passes through states meanwhile. */
export interface Task {
  /** May be a fraction. */
  readonly timesADay: number;
  readonly awakeS: number;
  readonly modem: readonly Span[];
}

export interface Board {
  readonly asleep: Draw;
  readonly awake: Draw;
}

export function milliampHours({ draw, seconds }: Span): number {
  return (draw.mA * seconds) / 3600;
}

export function sum(charges: readonly StateCharge[]): number {
  return charges.reduce((total, charge) => total + charge.milliampHours, 0);
}

/** What a task takes of the modem, and for how long the board is awake for that. */
export function radioTask(timesADay: number, modem: readonly Span[]): Task {
  return { timesADay, awakeS: modem.reduce((total, { seconds }) => total + seconds, 0), modem };
}

/** A day of these tasks by state; what is left of it the board sleeps. States that take nothing are left out. */
export function dayOf(tasks: readonly Task[], board: Board): StateCharge[] {
  const awakeS = tasks.reduce((total, task) => total + task.timesADay * task.awakeS, 0);
  const spans: Span[] = [
    { draw: board.asleep, seconds: Math.max(0, DAY_S - awakeS) },
    { draw: board.awake, seconds: awakeS },
    ...tasks.flatMap(({ timesADay, modem }) =>
      modem.map(({ draw, seconds }) => ({ draw, seconds: seconds * timesADay })),
    ),
  ];
  const byState = new Map<string, StateCharge>();
  for (const span of spans) {
    const { state } = span.draw;
    const before = byState.get(state) ?? { state, hours: 0, milliampHours: 0 };
    byState.set(state, {
      state,
      hours: before.hours + span.seconds / 3600,
      milliampHours: before.milliampHours + milliampHours(span),
    });
  }
  return inOrder([...byState.values()].filter((charge) => charge.milliampHours > 0));
}
