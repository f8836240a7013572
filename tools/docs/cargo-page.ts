import { CARGO_FILE, loadProfiles } from '../cargo/load-profiles.ts';
import {
  CARGO_PROBES,
  type CargoProfile,
  GROUPS,
  type Origin,
  type ProfileRule,
  type Range,
} from '../cargo/profile.ts';
import { code, type Page, page, plain, table } from './markdown.ts';

const TITLES = {
  frozen: 'Frozen',
  chilled: 'Chilled',
  produce: 'Fruit and vegetables',
  pharma: 'Medicine',
  other: 'Other goods',
};

const SEMANTICS = [
  'The tracker judges every reading by the rules of its cargo. The judgement is apart from the readings: nothing of what was measured is changed or left out for it. It works without a clock, from the seconds since power-on alone.',
  '## How it is judged',
  `- **Outside** is beyond the limit: a highest temperature of +7 C allows +7.0 C. Where the standard has the limit itself outside (WHO: ">= 45 C"), the rule says so, below as "or at".
- **A single event** begins when a place of the rule is outside. It is an alarm at the first reading at which it has lasted as long as the rule says; without a delay, at once. It ends when every place that was outside is back inside by the hysteresis. In between, it goes on, but only the time outside counts.
- **A sum** adds up the time outside over the whole journey. It is an alarm once, at the reading at which it is reached; the hysteresis does not matter.
- **Time** counts from one reading to the next where both are outside, an hour of it at most. A power cut, or a clock that goes back, costs its interval and ends nothing.
- **A missing value** neither counts nor ends an event. A place that falls silent while outside keeps the event open.
- **Several places** in a rule are judged together: it is outside while one of them is, and the worst one is told. So a sum is never less than that of any of its places. A rule of its own for each place judges them apart.
- **The mean kinetic temperature** is that of USP with dH/R = 10000 K, of the hottest place of the rule, weighted by time: a reading stands for the time since the one before it. The window is of measured time, kept in eighths; the oldest goes as the newest comes. It is judged from when one eighth is full, by what there is until all are. At the limit it is true to 0.01 K.
- **A mask**, while a defrost or an open door is known or inferred, moves the limit of the return air by the grace of the rule, for less than 60 min from its first reading; then it has no effect until it has been off. Between the two limits a masked value neither starts, counts nor ends an event. No other place is masked.
- **Every alarm carries the numbers that raised it:** rule, place, value, limit in force, seconds, kelvin minutes beyond the limit (each reading at its excess for the time since the one before it), and the worst value of that time, to 65.5 K beyond the limit. For a mean, the seconds measured in the window, and the mean of its worst eighth.`,
  'A tracker takes at most six rules, one of them with a mean kinetic temperature. `firmware/judge/` is this on the device; `tools/cargo/reference.ts` computes the same from a whole history, as a second opinion.',
];

const degrees = (milli: number) => String(milli / 1000);

function limitOf({ limit, limitCounts }: ProfileRule): string {
  const at = limitCounts ? 'or at ' : '';
  if ('milliC' in limit) return `${at}${degrees(limit.milliC)} C`;
  const from = limit.fromSetMilliK;
  return `${at}set point ${from < 0 ? '-' : '+'} ${degrees(Math.abs(from))} K`;
}

function timeOf({ judge, seconds }: ProfileRule): string {
  const minutes = seconds / 60;
  const time =
    minutes % 1440 === 0 && minutes > 1440
      ? `${minutes / 1440} days`
      : minutes % 60 === 0
        ? `${minutes / 60} h`
        : `${minutes} min`;
  if (judge === 'mean-kinetic') return `mean kinetic, ${time}`;
  if (minutes === 0) return 'at once';
  return judge === 'total' ? `${time} in all` : `${time} at a time`;
}

function placesOf({ places, graceMilliK }: ProfileRule): string {
  const air = places.filter((place) => !CARGO_PROBES.includes(place));
  const all = places.length - air.length === CARGO_PROBES.length;
  const names = all ? [...air, 'cargo'] : places;
  const grace = graceMilliK > 0 ? ` (masked + ${degrees(graceMilliK)} K)` : '';
  return names.map((name) => (name === 'return' ? name + grace : name)).join(', ');
}

const originOf = ({ source, assumption }: Origin) =>
  plain([source, assumption === null ? null : `assumed: ${assumption}`].filter(Boolean).join('; '));

function span({ low, high }: Range): string {
  return low === high ? String(low) : `${low} to ${high}`;
}

function section({ name, title, setPointC, humidityPct, ventM3h, rules }: CargoProfile): string[] {
  return [
    `#### ${code(name)}: ${plain(title)}`,
    table(
      ['', 'figure', 'where it comes from'],
      [
        ['set point', `${span(setPointC)} C, usually ${setPointC.usual} C`, originOf(setPointC)],
        ...(humidityPct === null ? [] : [['humidity', `${span(humidityPct)} %`, originOf(humidityPct)]]),
        ['fresh air', `${span(ventM3h)} m3/h`, originOf(ventM3h)],
      ],
    ),
    table(
      ['harm', 'for', 'hysteresis', 'places', 'where it comes from'],
      rules.map((rule) => [
        `${rule.side} ${limitOf(rule)}`,
        timeOf(rule),
        rule.judge === 'total' ? '' : `${degrees(rule.hysteresisMilliK)} K`,
        placesOf(rule),
        originOf(rule),
      ]),
    ),
  ];
}

/** docs/cargo.md: what counts as harm, and the profiles. */
export function cargoPage(): Page {
  const { collected, sources, profiles } = loadProfiles();
  return page(
    'docs/cargo.md',
    'What counts as harm to the cargo',
    [CARGO_FILE, 'tools/docs/cargo-page.ts'],
    [
      ...SEMANTICS,
      '## Profiles',
      `As of ${collected}. What is marked as assumed is no law: agree on it with the owner of the goods. A limit that goes with the set point is taken from the one of the journey. Recorders for quick-frozen food, and how often they must read, are another matter; nothing here makes a tracker one that is certified.`,
      ...GROUPS.flatMap((group) => [
        `### ${TITLES[group]}`,
        ...profiles.filter((profile) => profile.group === group).flatMap(section),
      ]),
      '## Sources',
      table(
        ['name', 'what it is'],
        sources.map(([name, text]) => [code(name), plain(text)]),
      ),
    ],
  );
}
