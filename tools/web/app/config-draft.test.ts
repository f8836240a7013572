import { expect, test } from 'vitest';
import { SCHEMA } from '../../../firmware/config/schema.ts';
import { CA_MISSING, INTERVAL_REFUSED, LIMITS_CROSSED, VALUE_REFUSED } from '../../../hal/faults.ts';
import { displayOf } from '../../console/display.ts';
import { ConfigDraft } from './config-draft.ts';

const defaults = Object.fromEntries(SCHEMA.map((spec) => [spec.name, displayOf(spec, spec.otherwise)]));
const draft = (changed: Record<string, string | number | boolean | null> = {}): ConfigDraft =>
  new ConfigDraft({ ...defaults, ...changed });

test('what is typed back to what is in force is no change', () => {
  const one = draft();
  one.want('intervalS', 300);
  expect(one.hasChanges).toBe(true);
  one.want('intervalS', 600);
  expect(one.hasChanges).toBe(false);
});

test('a value that the device would refuse is told while it is typed, by the same check', () => {
  const one = draft();
  one.want('intervalS', 30);
  one.want('warmLimitMilliC', 'warm');
  expect([...one.problems()]).toEqual([
    ['intervalS', VALUE_REFUSED],
    ['warmLimitMilliC', VALUE_REFUSED],
  ]);
});

test('what does not go together is told at the key that the device would name', () => {
  const one = draft({ warmLimitMilliC: -15_000 });
  one.want('coldLimitMilliC', -10_000);
  one.want('brokerHost', 'broker.example');
  one.want('tripHours', 20);
  expect([...one.problems()].sort()).toEqual([
    ['caPem', CA_MISSING],
    ['intervalS', INTERVAL_REFUSED],
    ['warmLimitMilliC', LIMITS_CROSSED],
  ]);
});

test('a secret that is set stays unless it is replaced or removed', () => {
  const one = draft({ simPin: true });
  expect(one.problems().size).toBe(0);
  one.want('simPin', '12');
  expect(one.problems().get('simPin')).toBe(VALUE_REFUSED);
  one.want('simPin', '1234');
  expect(one.problems().size).toBe(0);
  one.leave('simPin');
  expect(one.hasChanges).toBe(false);
});

test('a key that the tracker does not know is not offered and not taken', () => {
  const { radios: _, ...older } = defaults;
  const one = new ConfigDraft(older);
  one.want('radios', 4);
  expect(one.hasChanges).toBe(false);
  expect(one.specs.map(({ name }) => name)).not.toContain('radios');
});
