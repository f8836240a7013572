import type { Box } from './box.ts';
import type { Handled } from './handling.ts';
import type { Journey } from './journey.ts';

/** Something that was really done to the box, by people, by the power supply or by its machine. Hours since departure. */
export interface TruthEvent {
  readonly fromHour: number;
  /** The end, or the hour up to which was asked where it had not ended by then. */
  readonly toHour: number;
  readonly kind: 'door-open' | 'power-off' | 'set-point' | 'defrost' | 'defrost-fault';
  /** For people: "no power: generator wagon out of fuel". */
  readonly what: string;
  /** Station or stretch, "Dostyk - Aktogay". */
  readonly where?: string;
}

const WORDS: Readonly<Record<Exclude<Handled['kind'], 'set-point'>, string>> = {
  'door-open': 'doors open',
  'power-off': 'no power',
  'defrost-fault': 'defrost that does not end',
};

/** What was done to a box until an hour, in the order in which it began. */
export function truthOf(
  handled: readonly Handled[],
  box: Box,
  journey: Journey,
  setPointC: number,
  untilHour: number,
): TruthEvent[] {
  const given = handled.map((event) => ({ ...event, what: whatOf(event, setPointC) }));
  const stuck = handled.filter(({ kind }) => kind === 'defrost-fault');
  return [...given, ...defrosts(box, stuck, untilHour)]
    .filter(({ fromHour }) => fromHour < untilHour)
    .toSorted((one, other) => one.fromHour - other.fromHour)
    .map(({ kind, fromHour, toHour, what }) => {
      const endHour = Math.min(toHour, untilHour);
      return { fromHour, toHour: endHour, kind, what, where: journey.stretch(fromHour, endHour) };
    });
}

function whatOf({ kind, setPointC, note }: Handled, rightC: number): string {
  const words =
    kind === 'set-point' ? `set to ${setPointC?.toFixed(1)} C, not ${rightC.toFixed(1)} C` : WORDS[kind];
  return `${words}: ${note}`;
}

/** The machine's own defrosts; those that do not end are somebody's fault and told as such. */
function defrosts(box: Box, stuck: readonly Handled[], untilHour: number) {
  const found: { kind: 'defrost'; fromHour: number; toHour: number; what: string }[] = [];
  const minutes = Math.ceil(untilHour * 60);
  for (let minute = 0; minute < minutes; minute++) {
    const hour = minute / 60;
    const isSound = !stuck.some(({ fromHour, toHour }) => hour >= fromHour && hour < toHour);
    if (!isSound || !box.signals(minute).defrost) continue;
    const last = found.at(-1);
    const toHour = (minute + 1) / 60;
    if (last?.toHour === hour) last.toHour = toHour;
    else found.push({ kind: 'defrost', fromHour: hour, toHour, what: 'defrost' });
  }
  return found;
}
