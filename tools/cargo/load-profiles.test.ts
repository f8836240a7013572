import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CARGO_FILE, loadProfiles, readProfiles } from './load-profiles.ts';

const shipped = () => JSON.parse(readFileSync(new URL(`../../${CARGO_FILE}`, import.meta.url), 'utf8'));

/** The shipped file with one change to its first profile, or to the first rule of it. */
function changed(change: (profile: Record<string, unknown>, rule: Record<string, unknown>) => void): unknown {
  const content = shipped();
  change(content.profiles[0], content.profiles[0].rules[0]);
  return content;
}

const complaint = (content: unknown): string => {
  try {
    readProfiles(content, 'x.json');
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

test('the shipped file is whole: every rule and range has a source or an assumption', () => {
  const { profiles } = loadProfiles();
  expect(profiles.length).toBeGreaterThan(20);
  for (const { name, rules, setPointC, ventM3h, humidityPct } of profiles)
    for (const { source, assumption } of [setPointC, ventM3h, humidityPct ?? setPointC, ...rules])
      expect(source ?? assumption, name).toMatch(/\S/);
});

test.each([
  [
    'a figure without origin',
    /profiles\[0\]\.rules\[0\] has neither/,
    (_, rule) => {
      delete rule.source;
      delete rule.assumption;
    },
  ],
  [
    'a source that is not listed',
    /begins with "hearsay"/,
    (_, rule) => {
      rule.source = 'hearsay: 3 K';
    },
  ],
  [
    'a source that names nothing',
    /not among the sources/,
    (_, rule) => {
      rule.source = 'somewhere';
    },
  ],
  [
    'two limits',
    /has one of the two/,
    (_, rule) => {
      rule.fromSetK = 2;
    },
  ],
  [
    'no limit',
    /has one of the two/,
    (_, rule) => {
      delete rule.limitC;
    },
  ],
  [
    'a limit that no cargo has',
    /limitC is 101/,
    (_, rule) => {
      rule.limitC = 101;
    },
  ],
  [
    'a limit finer than the device',
    /finer than a thousandth/,
    (_, rule) => {
      rule.limitC = -18.0005;
    },
  ],
  [
    'half a minute',
    /no whole number/,
    (_, rule) => {
      rule.minutes = 0.5;
    },
  ],
  [
    'more than 30 days',
    /minutes is 43201/,
    (_, rule) => {
      rule.minutes = 43_201;
    },
  ],
  [
    'an unknown judge',
    /judge is "mean"/,
    (_, rule) => {
      rule.judge = 'mean';
    },
  ],
  [
    'an unknown place',
    /places\[0\] is not one of/,
    (_, rule) => {
      rule.places = ['roof'];
    },
  ],
  [
    'a place twice',
    /names a place twice/,
    (_, rule) => {
      rule.places = ['cargo', 'probe-2'];
    },
  ],
  [
    'no place',
    /not a list with something in it/,
    (_, rule) => {
      rule.places = [];
    },
  ],
  [
    'a window of less than 8 hours',
    /minutes is 479/,
    (_, rule) => {
      Object.assign(rule, { judge: 'mean-kinetic', minutes: 479 });
    },
  ],
  [
    'a window below a limit',
    /is below, where a mean/,
    (_, rule) => {
      Object.assign(rule, { judge: 'mean-kinetic', side: 'below', minutes: 1440 });
    },
  ],
  [
    'grace for a window',
    /graceK is set/,
    (_, rule) => {
      Object.assign(rule, { judge: 'mean-kinetic', minutes: 1440 });
    },
  ],
  [
    'seven rules',
    /are 7/,
    (profile, rule) => {
      profile.rules = Array.from({ length: 7 }, () => rule);
    },
  ],
  [
    'two windows',
    /more than one mean/,
    (profile, rule) => {
      const { graceK, ...other } = rule;
      const window = { ...other, judge: 'mean-kinetic', minutes: 1440 };
      profile.rules = [window, window];
    },
  ],
  [
    'a range upside down',
    /setPointC\.high is -22/,
    (profile) => {
      profile.setPointC = { low: -20, high: -22, usual: -21, assumption: 'x' };
    },
  ],
  [
    'a usual set point outside',
    /setPointC\.usual is -26/,
    (profile) => {
      profile.setPointC = { low: -25, high: -22, usual: -26, assumption: 'x' };
    },
  ],
  [
    'a name that no command line takes',
    /not text of the shape/,
    (profile) => {
      profile.name = 'Ice cream';
    },
  ],
  [
    'a name that stands before',
    /stands before/,
    (profile) => {
      profile.name = 'quick-frozen';
    },
  ],
] as [string, RegExp, (profile: Record<string, unknown>, rule: Record<string, unknown>) => void][])(
  '%s is refused by its field',
  (_, message, change) => {
    expect(complaint(shipped())).toBe('');
    expect(complaint(changed(change))).toMatch(message);
  },
);

test.each([[null], [[]], ['x'], [{}], [{ sources: {}, profiles: [{}] }]])('%j is refused', (content) => {
  expect(complaint(content)).toContain('x.json is broken');
});

test('a file that is not there is told by its path', () => {
  expect(() => loadProfiles('/nowhere/cargo.json')).toThrow('/nowhere/cargo.json cannot be read');
});
