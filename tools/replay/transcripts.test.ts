import { expect, test } from 'vitest';
import { itemsOf } from './read-file.ts';
import { fixture, of, play, written } from './testing/play.ts';
import { itemLine, parseTranscript } from './transcript.ts';

/** What these say holds for a tracker that asks one thing more, too. */
const LENIENT = { assumeOk: true };

test('a session from off to a CONNACK and back to off uses every line of its transcript', async () => {
  const result = await play('sim7080-session.jsonl');
  expect(result.opened).toBe(true);
  expect(of(result, 'unused')).toMatchObject([{ lines: [] }]);
  expect(of(result, 'wrote').filter(({ fit }) => fit !== 'exact' && fit !== 'deaf')).toEqual([]);
  expect(of(result, 'received')).toMatchObject([{ hex: '20020000', meaning: 'CONNACK: accepted' }]);
  expect(of(result, 'recovery')).toEqual([]);
  expect(of(result, 'verdict').filter(({ passed }) => !passed)).toMatchObject([{ stage: 'probe' }]);
  expect(
    of(result, 'stage')
      .map(({ stage }) => stage)
      .join(' '),
  ).toBe('probe wake sim lte-m automatic where data clock secure open hang-up detach');
  expect(of(result, 'report')).toMatchObject([
    {
      technology: 'lte-m',
      network: 26201,
      rssiDbm: -79,
      bytes: 24,
      networkTime: '2026-11-22T12:00:31.000Z',
    },
  ]);
  expect(of(result, 'pin').map(({ pin, on }) => `${pin} ${on ? 'on' : 'off'}`)).toEqual([
    'supply on',
    'PWRKEY on',
    'PWRKEY off',
  ]);
});

test('a PDP context that the network takes away is brought up again for a new stream', async () => {
  const result = await play('sim7080-pdp-lost.jsonl', LENIENT);
  expect(of(result, 'recovery')).toMatchObject([{ rung: 'PDP context', fault: 'stream.closed' }]);
  expect(of(result, 'outcome').map(({ opened }) => opened)).toEqual([true, true]);
  expect(result.opened).toBe(true);
});

test('a SIM that both technologies refuse ends the attempt, with no rung of the ladder', async () => {
  const result = await play('sim7080-denied.jsonl', LENIENT);
  expect(result.opened).toBe(false);
  expect(of(result, 'recovery')).toEqual([]);
  expect(of(result, 'outcome')).toMatchObject([{ opened: false, fault: 'network.denied' }]);
  expect(written(result)).toContain('AT+CMNB=2');
  expect(of(result, 'report')).toMatchObject([{ technology: null, network: null, networkTime: null }]);
});

test('a modem that restarts in mid-command is switched off and on, and serves then', async () => {
  const result = await play('sim7080-restart.jsonl', LENIENT);
  expect(of(result, 'recovery')).toMatchObject([{ rung: 'PWRKEY', fault: 'modem.restarted' }]);
  expect(of(result, 'verdict').filter(({ stage, passed }) => stage === 'data' && !passed)).toHaveLength(1);
  expect(of(result, 'modem').map(({ state }) => state)).toEqual(['off', 'starts', 'off', 'starts', 'off']);
  expect(result.opened).toBe(true);
});

test('a send that is answered by an error leads to a new socket over the same PDP context', async () => {
  const result = await play('sim7080-send-error.jsonl', LENIENT);
  expect(of(result, 'sent').map(({ taken }) => taken)).toEqual([false, true]);
  expect(of(result, 'recovery')).toMatchObject([{ rung: 'socket', fault: 'stream.stalled' }]);
  expect(written(result).filter((text) => text === 'AT+CNACT=0,1')).toHaveLength(1);
  expect(result.opened).toBe(true);
});

test.each([
  ['sim7080-certificate-expired.jsonl', 'tls.expired'],
  ['sim7080-certificate-name.jsonl', 'tls.wrong-name'],
])('%s: the refusal is %s, and is not tried again', async (name, fault) => {
  const result = await play(name, LENIENT);
  expect(result.opened).toBe(false);
  expect(of(result, 'verdict').at(-1)).toMatchObject({ stage: 'open', passed: false, fault });
  expect(of(result, 'outcome')).toMatchObject([{ fault, remedy: expect.stringMatching(/\w/) }]);
  expect(of(result, 'recovery')).toEqual([]);
  expect(written(result).filter((text) => text.startsWith('AT+CAOPEN'))).toHaveLength(1);
});

test('a terminal capture with times and marks plays like a transcript', async () => {
  const result = await play('sim7000-capture.txt', { ...LENIENT, profile: 'sim7000', search: 'gsm' });
  expect(result.opened).toBe(true);
  expect(of(result, 'unused')).toMatchObject([{ lines: [] }]);
  expect(of(result, 'report')).toMatchObject([{ technology: 'gsm', network: 40101, rssiDbm: -95 }]);
  expect(of(result, 'wrote').filter(({ fit }) => fit === 'differs')).toMatchObject([
    { text: expect.stringContaining('"convert",2,"ca'), expected: 'AT+CSSLCFG="convert",2,"ca5577.crt"' },
    { text: expect.stringContaining('"cacert","ca'), expected: 'AT+CASSLCFG=0,"cacert","ca5577.crt"' },
    { text: 'AT+CASEND=0,20', expected: 'AT+CASEND=0,24' },
  ]);
});

test('the same transcript gives the same decisions, and so does a capture that was converted first', async () => {
  const options = { ...LENIENT, profile: 'sim7000', search: 'gsm' };
  const name = 'sim7000-capture.txt';
  const converted = itemsOf(fixture(name), name).map(itemLine).join('\n');
  const withoutLines = (decision: object) => ({ ...decision, line: undefined, lines: undefined });
  const once = (await play(name, options)).decisions.map(withoutLines);
  expect((await play(name, options)).decisions.map(withoutLines)).toEqual(once);
  const again = await play(parseTranscript(converted, 'converted'), options);
  expect(again.decisions.map(withoutLines)).toEqual(once);
});
