import { expect, test } from 'vitest';
import { CHECK_DIGIT, PIN_WRONG } from '../../../hal/faults.ts';
import { LinkError } from '../../console/client.ts';
import { ConfigRefused, problemOf } from '../../console/config-problem.ts';
import { DeviceError } from '../../errors/device-error.ts';
import { ColdrailError } from '../../errors/error.ts';
import { explain } from './explain.ts';
import { Words } from './words.ts';

const en = new Words('en');

test('a line that failed is told without commands to type', () => {
  for (const failure of ['closed', 'silent'] as const)
    expect(explain(new LinkError(failure), en).remedy).not.toMatch(/command|coldrail/i);
  expect(explain(new LinkError('closed'), en).id).toBe('web.cable-pulled');
  const silent = new ColdrailError('console.silent', { path: 'the port', seconds: 60 });
  expect(explain(silent, en)).toMatchObject({ id: 'web.no-answer', details: [] });
});

test('what a tracker refused is told in the language, with its id and what it is about', () => {
  const said = explain(new DeviceError(CHECK_DIGIT, 'container'), new Words('de'));
  expect(said).toMatchObject({ id: 'config.check-digit' });
  expect(said.sentence).toBe('Die Pr\u00fcfziffer passt nicht zur Nummer. (Container)');
  expect(explain(new DeviceError(PIN_WRONG), new Words('zh')).sentence).toMatch(/PIN/);
});

test('a sentence with values keeps them', () => {
  const error = new ColdrailError('web.other-tracker', { found: 'TR-2', expected: 'TR-1' });
  expect(explain(error, en).sentence).toBe('This is the tracker TR-2, and the visit is about TR-1.');
});

test('of a configuration that was refused each key is named as the form names it', () => {
  const refused = new ConfigRefused('config.not-applied', [problemOf('container', CHECK_DIGIT)]);
  expect(explain(refused, en).details).toEqual(['Container: The check digit does not fit the number.']);
});

test('an error that nobody expected still has an id and a remedy', () => {
  expect(explain(new TypeError('x is undefined'), en)).toMatchObject({
    id: 'host.unexpected',
    sentence: expect.stringContaining('x is undefined'),
    remedy: expect.stringMatching(/./),
  });
  expect(explain(new DeviceError(9999), en).id).toBe('device.9999');
});
