import type { BoxSurroundings } from './box.ts';
import type { YardEvent } from './corridor.ts';
import type { Journey } from './journey.ts';
import type { Scenario, ScenarioEvent } from './scenario.ts';

/** What a reefer can be set to, C. */
const COLDEST_SET_C = -35;
const WARMEST_SET_C = 30;
const LONGEST_HOURS = 60 * 24;
/** The box goes by the minute: what is shorter may not happen at all. */
const SHORTEST_HOURS = 1 / 60;

/** One thing that is done to the box, in hours since departure. */
export interface Handled {
  readonly kind: ScenarioEvent['kind'];
  readonly fromHour: number;
  readonly toHour: number;
  /** What the machine is set to meanwhile; undefined for other kinds. */
  readonly setPointC: number | undefined;
  readonly note: string;
}

/** What is done to the box on its way: by the road, in its yards, and by the scenario. */
export class Handling {
  /** In the order in which they begin. */
  readonly events: readonly Handled[];
  readonly #setPointC: number;

  /** Throws a RangeError that names the event of the scenario that cannot be. */
  constructor(scenario: Scenario, yard: readonly YardEvent[], journey: Journey) {
    this.#setPointC = scenario.setPointC;
    checkEvents(scenario, scenario.days === undefined ? journey.hours : scenario.days * 24);
    const inYards = yard.map((event) => ({
      kind: event.kind,
      ...journey.hoursAt(event),
      setPointC: undefined,
      note: event.note,
    }));
    const own = (scenario.events ?? []).map(({ kind, atHour, hours, setPointC, note }) => ({
      kind,
      fromHour: atHour,
      toHour: atHour + hours,
      setPointC,
      note,
    }));
    this.events = [...inYards, ...own]
      .filter(({ fromHour, toHour }) => toHour > fromHour)
      .toSorted((one, other) => one.fromHour - other.fromHour);
  }

  /** The part of the box's surroundings that people and power supply make. */
  at(hour: number): Omit<BoxSurroundings, 'outside'> {
    let powered = true;
    let doorOpen = false;
    let defrostStuck = false;
    let setPointC = this.#setPointC;
    for (const event of this.events) {
      if (hour < event.fromHour) break;
      if (hour >= event.toHour) continue;
      if (event.kind === 'power-off') powered = false;
      else if (event.kind === 'door-open') doorOpen = true;
      else if (event.kind === 'defrost-fault') defrostStuck = true;
      else setPointC = event.setPointC ?? setPointC;
    }
    return { powered, doorOpen, defrostStuck, setPointC };
  }
}

function checkEvents({ name, setPointC, events = [] }: Scenario, rideHours: number): void {
  for (const [index, event] of events.entries()) {
    const fail = (detail: string): never => {
      throw new RangeError(`events[${index}] of scenario ${name}: ${detail}`);
    };
    const { kind, atHour, hours } = event;
    if (!(atHour >= 0 && atHour < rideHours)) fail(`atHour ${atHour} is not within 0 to ${rideHours}`);
    if (!(hours >= SHORTEST_HOURS && hours <= LONGEST_HOURS)) {
      fail(`hours ${hours} are not a minute to ${LONGEST_HOURS} h`);
    }
    if (event.note.trim() === '') fail('the note is empty');
    const isWithin = (c: number) => c >= COLDEST_SET_C && c <= WARMEST_SET_C;
    if (kind !== 'set-point' && event.setPointC !== undefined) fail(`setPointC does not go with ${kind}`);
    if (kind === 'set-point' && !isWithin(event.setPointC ?? Number.NaN)) {
      fail(`setPointC ${event.setPointC} is not within ${COLDEST_SET_C} to ${WARMEST_SET_C}`);
    }
    if (event.setPointC === setPointC) fail(`setPointC ${setPointC} is what the cargo wants`);
    const overlapped = events.findIndex(
      (other, at) =>
        at < index &&
        other.kind === kind &&
        other.atHour < atHour + hours &&
        atHour < other.atHour + other.hours,
    );
    if (overlapped >= 0) fail(`${kind} overlaps events[${overlapped}]`);
  }
}
