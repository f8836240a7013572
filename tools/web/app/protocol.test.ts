import { expect, test } from 'vitest';
import { ConfigDraft } from './config-draft.ts';
import { protocolOf } from './protocol.ts';
import { newVisit } from './visit.ts';

const NOW = Date.UTC(2026, 10, 22, 7);

test('no secret gets into a protocol: neither one that is typed, nor one that a tracker should not have told', () => {
  const visit = newVisit('anna');
  visit.draft = new ConfigDraft({ deviceId: 'TR-1', simPin: '4711', consolePin: true, deviceKey: false });
  visit.draft.want('consolePin', '0815');
  const text = JSON.stringify(protocolOf(visit, undefined, NOW));
  expect(text).not.toMatch(/4711|0815/);
  expect(protocolOf(visit, undefined, NOW).config).toMatchObject({ consolePin: true, deviceKey: false });
});

test('what was not done is null, what is only typed does not count', () => {
  const visit = newVisit('anna');
  visit.draft = new ConfigDraft({ container: 'CSQU3054383' });
  visit.draft.want('container', 'MSKU9070323');
  expect(protocolOf(visit, undefined, NOW)).toMatchObject({
    format: 1,
    at: '2026-11-22T07:00:00.000Z',
    by: 'anna',
    record: '',
    container: 'CSQU3054383',
    selfTest: null,
    readings: null,
    log: null,
    saved: [],
  });
});
