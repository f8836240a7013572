import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { replayCommand } from './command.ts';
import { fixture } from './testing/play.ts';

const folder = mkdtempSync(join(tmpdir(), 'coldrail-replay-'));
const path = (name: string) => fileURLToPath(new URL(`transcripts/${name}`, import.meta.url));

afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  process.exitCode = 0;
});

function file(content: string | Buffer): string {
  const name = join(folder, 'file');
  writeFileSync(name, content);
  return name;
}

async function run(...args: string[]): Promise<{ text: string; code: number }> {
  let text = '';
  const command = replayCommand((part) => {
    text += `${part}\n`;
  });
  await command.parseAsync(['modem', ...args], { from: 'user' });
  return { text, code: Number(process.exitCode) };
}

async function refusal(...args: string[]): Promise<ColdrailError> {
  try {
    await run(...args);
  } catch (error) {
    if (error instanceof ColdrailError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

test('exit code 0 says that the stream opened, 1 that it did not', async () => {
  const good = await run(path('sim7080-session.jsonl'), '--profile', 'sim7080');
  expect(good.code).toBe(0);
  expect(good.text).toContain('OUTCOME    The stream is open.');
  const bad = await run(path('sim7080-denied.jsonl'), '--profile', 'sim7080');
  expect(bad.code).toBe(1);
  expect(bad.text).toContain('OUTCOME    network.denied: ');
  expect(bad.text).toContain('Ask the provider of the SIM');
});

test('--json prints one JSON object a line, in the order of time', async () => {
  const { text } = await run(path('sim7080-session.jsonl'), '--profile', 'sim7080', '--json');
  const decisions = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { atS: number; kind: string });
  expect(decisions.map(({ atS }) => atS)).toEqual(decisions.map(({ atS }) => atS).sort((a, b) => a - b));
  expect(decisions.at(-1)?.kind).toBe('unused');
});

test('--convert prints a transcript that can be played, and needs no profile', async () => {
  const { text } = await run(path('sim7000-capture.txt'), '--convert');
  const played = await run(file(text), '--profile', 'sim7000', '--search', 'gsm');
  expect(played.code).toBe(0);
});

test('the options are in the session', async () => {
  const at = (...args: string[]) => run(path('sim7080-session.jsonl'), '--profile', 'sim7080', ...args);
  const { text } = await at('--apn', 'm2m.example', '--host', 'mq.example', '--port', '1883');
  expect(text).toContain('AT+CNCFG=0,1,"m2m.example"');
  expect(text).toContain('AT+CAOPEN=0,0,"TCP","mq.example",1883');
  expect((await at('--search', 'nb-iot')).text).not.toContain('lte-m: search');
  expect((await at('--no-rail')).text).not.toContain('supply');
});

test('a clock that nobody has told is set from --utc', async () => {
  const question = /\{"expect": "AT\+CCLK\?"\}\n.*80\/01\/06.*\n/;
  const text = fixture('sim7080-session.jsonl')
    .toString()
    .replace('26/11/22', '80/01/06')
    .replace(question, (lines) => lines.repeat(7));
  const { text: told } = await run(file(text), '--profile', 'sim7080', '--utc', '2026-11-22T12:00:00Z');
  expect(told).toContain('AT+CCLK="26/11/22,12:');
});

test('a PIN goes in and does not come out, of text and of JSON', async () => {
  const text = fixture('sim7080-session.jsonl')
    .toString()
    .replace('+CPIN: READY', '+CPIN: SIM PIN')
    .replace(
      '{"expect": "AT+CCID"}',
      '{"expect": "AT+CPIN=\\"7391\\""}\n{"send": "AT+CPIN=\\"7391\\"\\r\\r\\nOK\\r\\n"}\n{"expect": "AT+CPIN?"}\n{"send": "+CPIN: READY\\r\\nOK\\r\\n"}\n{"expect": "AT+CCID"}',
    );
  for (const form of [[], ['--json']]) {
    const { text: shown, code } = await run(
      file(text),
      '--profile',
      'sim7080',
      '--pin',
      '7391',
      '--assume-ok',
      ...form,
    );
    expect(code).toBe(0);
    expect(shown).toContain('AT+CPIN=');
    expect(shown).not.toContain('7391');
  }
});

test.each<[string, string, string[]]>([
  ['no profile', 'replay.profile', []],
  ['an unknown profile', 'replay.profile', ['--profile', 'toString']],
  ['a technology that the modem does not have', 'replay.option', ['--profile', 'sim7080', '--search', 'gsm']],
  ['an unknown technology', 'replay.option', ['--profile', 'sim7080', '--search', '']],
  ['an APN that breaks out of its quotes', 'replay.option', ['--profile', 'sim7080', '--apn', 'a"']],
  ['a host with a line end', 'replay.option', ['--profile', 'sim7080', '--host', 'a\rAT+CPOWD=1']],
  ['a port that is none', 'usage.number', ['--profile', 'sim7080', '--port', '0']],
  ['half a port', 'usage.integer', ['--profile', 'sim7080', '--port', '1.5']],
  ['a PIN with letters', 'replay.option', ['--profile', 'sim7080', '--pin', '12ab']],
  [
    'a time before the tracker was made',
    'replay.option',
    ['--profile', 'sim7080', '--utc', '1980-01-06T00:00:00Z'],
  ],
])('%s is wrong use', async (_what, id, args) => {
  const error = await refusal(path('sim7080-session.jsonl'), ...args);
  expect(error.id).toBe(id);
  expect(error.exitCode).toBe(2);
  expect(error.report()).not.toMatch(/\{\w+\}/);
});

test('a PIN that is refused does not stand in the error', async () => {
  const error = await refusal(path('sim7080-session.jsonl'), '--profile', 'sim7080', '--pin', '12ab');
  expect(error.report()).not.toContain('12ab');
});

test.each<[string, string, string | Buffer]>([
  ['nothing', 'replay.nothing', ''],
  ['comments only', 'replay.nothing', '# a\n# b\n'],
  ['prose', 'replay.nothing', 'The modem did not answer.\nWe cut its supply.\n'],
  ['binary', 'replay.nothing', Buffer.from([0, 1, 2, 255, 254, 10, 13, 128])],
  ['a bad line', 'replay.bad-line', '{"expect": "AT"}\n{"expekt": "AT"}\n'],
  ['more than 2 MB', 'replay.too-large', 'AT\nOK\n'.repeat(400000)],
])('a file with %s is refused', async (_what, id, content) => {
  const error = await refusal(file(content), '--profile', 'sim7080');
  expect(error.id).toBe(id);
  expect(error.exitCode).toBe(2);
});

test('a file that is not there, and a folder, are refused', async () => {
  expect((await refusal(join(folder, 'none'), '--profile', 'sim7080')).id).toBe('replay.unreadable');
  expect((await refusal(folder, '--profile', 'sim7080')).id).toBe('replay.unreadable');
});
