import { describe, expect, test } from 'vitest';
import { Handling } from './handling.ts';
import { Journey } from './journey.ts';
import { loadCorridor } from './load-corridor.ts';
import { findScenario, type ScenarioEvent } from './scenario.ts';

const corridor = loadCorridor();
const journey = new Journey(corridor, Date.UTC(2026, 6, 4, 6));
const scenario = findScenario('hanoi-duisburg');
const note = 'a note';
const door: ScenarioEvent = { kind: 'door-open', atHour: 10, hours: 0.5, note };
const cut: ScenarioEvent = { kind: 'power-off', atHour: 10.25, hours: 14, note };
const wrong: ScenarioEvent = { kind: 'set-point', atHour: 20, hours: 30, setPointC: 8, note };

const handling = (events: readonly ScenarioEvent[], days?: number) =>
  new Handling({ ...scenario, events, ...(days === undefined ? {} : { days }) }, corridor.events, journey);

test('events of the road and of the scenario act together, each from its first hour to before its last', () => {
  const all = handling([wrong, door, cut]);
  expect(all.at(9.99)).toEqual({ powered: true, doorOpen: false, defrostStuck: false, setPointC: 5 });
  expect(all.at(10)).toMatchObject({ powered: true, doorOpen: true });
  expect(all.at(10.25)).toMatchObject({ powered: false, doorOpen: true });
  expect(all.at(10.5)).toMatchObject({ powered: false, doorOpen: false });
  expect(all.at(22)).toMatchObject({ powered: false, setPointC: 8 });
  expect(all.at(50)).toMatchObject({ powered: true, setPointC: 5 });
  const dostyk = journey.calls.find(({ station }) => station.name === 'Dostyk')?.arriveHour ?? 0;
  expect(all.at(dostyk + 2).powered).toBe(false);
});

test('a scenario without events has those of the road, with the reason that the corridor gives', () => {
  const { events } = new Handling(scenario, corridor.events, journey);
  expect(events.map(({ kind }) => kind)).toEqual(['door-open', 'power-off', 'power-off']);
  expect(events[0]?.note).toBe('customs opens the doors for 24 min');
});

describe('an event is refused', () => {
  test.each([
    ['before departure', [{ ...door, atHour: -1 }], 'events[0] of scenario hanoi-duisburg: atHour -1'],
    ['after the ride', [{ ...door, atHour: 600 }], 'atHour 600 is not within 0 to 600'],
    ['at no time', [{ ...door, atHour: Number.NaN }], 'atHour NaN'],
    ['shorter than a minute', [{ ...door, hours: 0.01 }], 'hours 0.01'],
    ['without end', [{ ...cut, hours: Number.POSITIVE_INFINITY }], 'hours Infinity'],
    ['without a note', [{ ...door, note: ' ' }], 'the note is empty'],
    ['that sets nothing', [door, { ...wrong, setPointC: undefined }], 'events[1]'],
    ['that sets what no reefer can be set to', [{ ...wrong, setPointC: 41 }], 'setPointC 41 is not within'],
    ['that sets what is right', [{ ...wrong, setPointC: 5 }], 'setPointC 5 is what the cargo wants'],
    ['that opens a door and sets', [{ ...door, setPointC: 8 }], 'setPointC does not go with door-open'],
    ['over one of its kind', [door, cut, { ...door, atHour: 10.4 }], 'door-open overlaps events[0]'],
  ] as [string, ScenarioEvent[], string][])('%s', (_what, events, message) => {
    expect(() => handling(events)).toThrow(message);
  });

  test('after the days of a shorter ride', () => {
    expect(() => handling([{ ...door, atHour: 50 }], 2)).toThrow('atHour 50 is not within 0 to 48');
  });
});
