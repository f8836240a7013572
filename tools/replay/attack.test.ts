import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ColdrailError } from '../errors/error.ts';
import { linesOf } from './lines.ts';
import { profiles } from './profiles.ts';
import { itemsOf } from './read-file.ts';
import { fixture, of, play } from './testing/play.ts';
import type { Item } from './transcript.ts';

/** The session's cap, what opening may take beyond it, the wait for an answer, and closing. */
const LONGEST_S = 480 + 10 + 30 + 45;

async function endsWell(items: readonly Item[], profile: string, assumeOk: boolean): Promise<void> {
  const result = await play(items, { profile, assumeOk });
  const last = result.decisions.at(-1);
  expect(last?.kind).toBe('unused');
  expect(last?.atS).toBeLessThanOrEqual(LONGEST_S);
  expect(of(result, 'outcome').length).toBeGreaterThan(0);
  expect(of(result, 'closed')).toHaveLength(1);
  for (const line of result.decisions.flatMap(linesOf)) {
    expect(line.length).toBeLessThanOrEqual(100);
    expect(line).toMatch(/^[ -~]*$/);
  }
}

/** The items in a file, or none where it is refused in the catalogue's words. */
function itemsIn(bytes: Buffer): Item[] {
  try {
    return itemsOf(bytes, 'fuzz');
  } catch (error) {
    if (!(error instanceof ColdrailError) || error.exitCode !== 2) throw error;
    return [];
  }
}

const names = Object.keys(profiles);

test.each(['sim7080-session.jsonl', 'sim7080-send-error.jsonl'])(
  '%s cut behind any line comes to an end',
  async (name) => {
    const items = itemsOf(fixture(name), name);
    for (let end = 0; end < items.length; end++)
      await endsWell(items.slice(0, end), 'sim7080', end % 2 === 0);
  },
);

test('a transcript without any one of its lines comes to an end', async () => {
  const items = itemsOf(fixture('sim7080-session.jsonl'), 'x');
  for (let gap = 0; gap < items.length; gap++)
    await endsWell([...items.slice(0, gap), ...items.slice(gap + 1)], 'sim7080', gap % 2 === 0);
});

test('a file cut at any byte is played or refused', () => {
  const bytes = fixture('sim7080-send-error.jsonl');
  for (let end = 0; end < bytes.length; end += 7) itemsIn(bytes.subarray(0, end));
});

const ANSWERS = [
  '\r\nOK\r\n',
  '\r\nERROR\r\n',
  '\r\n> ',
  '\r\nDOWNLOAD\r\n',
  '\r\nRDY\r\n',
  '\r\nNORMAL POWER DOWN\r\n',
  '\r\n+CPIN: READY\r\n\r\nOK\r\n',
  '\r\n+CEREG: 0,1\r\n\r\nOK\r\n',
  '\r\n+CADATAIND: 0\r\n',
  '\r\n+CASTATE: 0,0\r\n',
  '\r\n+CARECV: 1460,',
  '\r\n+CAOPEN: 0,0\r\n',
  '\r\n+APP PDP: 0,ACTIVE\r\n',
  '\r\n+APP PDP: 0,DEACTIVE\r\n',
  '+'.repeat(3000),
];
const COMMANDS = ['*', 'AT', 'AT*', 'AT+C*', 'AT+CASEND=*', 'AT+CARECV*', 'AT+CPIN?', 'AT+CEREG?', 'ATE0'];

const item: fc.Arbitrary<Item> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('expect' as const),
      text: fc.constantFrom(...COMMANDS),
      line: fc.nat(99),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      text: fc.oneof(fc.constantFrom(...ANSWERS), fc.string({ unit: 'binary-ascii', minLength: 1 })),
      afterS: fc.constantFrom(0, 0, 0.1, 5, 86400),
      line: fc.nat(99),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      seconds: fc.constantFrom(0, 1, 30, 86400),
      line: fc.nat(99),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), line: fc.nat(99) }) },
);

test('any order of any lines comes to an end, on every modem', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 120 }), fc.constantFrom(...names), fc.boolean(), endsWell),
    { numRuns: 150 },
  );
}, 60_000);

test('any bytes are played or refused', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.constantFrom(
      'AT',
      '\n',
      '\r',
      '>> ',
      '<< ',
      '[12:00:01.5] ',
      '1.5 ',
      'AT+CASEND=0,9\n',
      '>',
      '{"expect": ',
      '"AT"}',
      '"',
      '\\',
    ),
    fc.constantFrom(...ANSWERS),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
      const items = itemsIn(Buffer.from(pieces.join(''), 'latin1'));
      if (items.length > 0) await endsWell(items, 'sim7080', false);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('a flood of lines and of bytes comes to an end', async () => {
  const flood = Array.from(
    { length: 300 },
    (_, line): Item => ({ kind: 'send', text: '\n'.repeat(8192), afterS: 0, line }),
  );
  await endsWell(flood, 'sim7080', false);
  const waiting = Array.from(
    { length: 5000 },
    (_, line): Item => ({ kind: 'send', text: '\r\n+CADATAIND: 0\r\n', afterS: 0.01, line }),
  );
  const session = itemsOf(fixture('sim7080-session.jsonl'), 'x');
  const send = session.findIndex((each) => each.kind === 'expect' && each.text.startsWith('AT+CASEND'));
  await endsWell([...session.slice(0, send + 3), ...waiting], 'sim7080', true);
}, 60_000);

test('a line of 10 MB and a file of too many lines are refused', () => {
  const refused = (text: string): string => {
    try {
      itemsOf(Buffer.from(text), 'big');
      return 'taken';
    } catch (error) {
      return (error as ColdrailError).id;
    }
  };
  expect(refused(`{"send": "${'A'.repeat(1e7)}"}`)).toBe('replay.bad-line');
  expect(refused('A'.repeat(1e7))).toBe('replay.bad-line');
  expect(refused('{"wait": 1}\n'.repeat(30000))).toBe('replay.too-large');
  expect(refused('AT+A\nOK\n'.repeat(30000))).toBe('replay.too-large');
});
