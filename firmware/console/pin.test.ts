import { expect, test } from 'vitest';
import { PIN_WRONG } from '../../hal/faults.ts';
import type { Message } from '../../tools/console/frame.ts';
import { plainLog } from '../journal/testing/plain-log.ts';
import { pauseAfter, wrongPins } from './pin.ts';
import { ConsoleBench } from './testing/console-bench.ts';

const unlock = (bench: ConsoleBench, pin: string) => bench.ask({ do: 'unlock', pin });
const wrongInLog = (bench: ConsoleBench): number[] =>
  plainLog(bench.tracker.journal.cells)
    .filter(({ kind, fields }) => kind === 'FAULT' && fields[0] === PIN_WRONG)
    .map(({ fields }) => Number(fields[1]));

test('with a PIN, looking is free and changing is not', () => {
  const bench = new ConsoleBench({ consolePin: '4711' });
  expect(bench.ask({ do: 'hello' })).toMatchObject({ pin: 1, open: 0, waitS: 0 });
  expect(bench.ask({ do: 'status' })).toMatchObject({ ok: 1 });
  for (const message of [
    { do: 'config.set', key: 'intervalS', value: 300 },
    { do: 'config.save', who: 'bob' },
    { do: 'trip.start', trip: 't', who: 'bob' },
    { do: 'selftest', who: 'bob' },
    { do: 'factory.reset', confirm: 'ERASE' },
    { do: 'repl' },
  ])
    expect(bench.ask(message)).toMatchObject({ ok: 0, error: 120 });
  expect(unlock(bench, '4711')).toMatchObject({ ok: 1 });
  expect(bench.ask({ do: 'config.set', key: 'intervalS', value: 300 })).toMatchObject({ ok: 1 });
  bench.ask({ do: 'lock' });
  expect(bench.ask({ do: 'config.revert' })).toMatchObject({ ok: 0, error: 120 });
});

test('wrong ten times: the pause grows, outlives restarts, and the log counts them', () => {
  const bench = new ConsoleBench({ consolePin: '4711' });
  const pauses: number[] = [];
  for (let n = 1; n <= 10; n++) {
    const answer = unlock(bench, `000${n % 10}`);
    expect(answer).toMatchObject({ ok: 0, error: 121 });
    const waitS = Number(answer['waitS']);
    pauses.push(waitS);
    if (waitS > 0) expect(unlock(bench, '4711')).toMatchObject({ ok: 0, error: 122 });
    if (n === 6) {
      bench.again();
      // The pause begins anew, and the right PIN does not help.
      expect(unlock(bench, '4711')).toMatchObject({ ok: 0, error: 122, waitS: pauseAfter(6) });
    }
    for (let left = waitS; left > 0; left -= 200) {
      bench.pass(Math.min(200, left));
      bench.ask({ do: 'hello' });
    }
  }
  expect(pauses).toEqual([0, 0, 10, 20, 40, 80, 160, 320, 640, 1280]);
  expect(wrongInLog(bench)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(unlock(bench, '4711')).toMatchObject({ ok: 1 });
  expect(wrongPins(bench.tracker.configuration)).toBe(0);
});

test('a power cut in the middle of a wrong try counts it, or nothing of it was answered', () => {
  for (let fuel = 0; fuel < 40; fuel++) {
    const bench = new ConsoleBench({ consolePin: '4711' });
    bench.type('\r');
    bench.tracker.configuration.fuel = fuel;
    let answer: Message = {};
    try {
      answer = unlock(bench, '0000');
    } catch {
      // The cut ends the program.
    }
    bench.tracker.configuration.restore();
    if ('error' in answer && answer['error'] === 121) expect(wrongPins(bench.tracker.configuration)).toBe(1);
  }
});

test('the strip is made anew in time, whichever page is in force, and nobody gets in by wearing it out', () => {
  const bench = new ConsoleBench({ consolePin: '4711' });
  for (let n = 0; n < 300; n++) {
    expect(unlock(bench, '4711')).toMatchObject({ ok: 1 });
    bench.ask({ do: 'lock' });
    if (n % 50 === 20) {
      unlock(bench, '4711');
      bench.ask({ do: 'config.set', key: 'intervalS', value: 300 + n });
      expect(bench.ask({ do: 'config.save', who: 'bob' })).toMatchObject({ ok: 1 });
      bench.ask({ do: 'lock' });
    }
  }
  unlock(bench, '0000');
  expect(wrongPins(bench.tracker.configuration)).toBe(1);
});

test('a PIN that a person types is neither shown nor kept for the arrows', () => {
  const bench = new ConsoleBench({ consolePin: '4711' });
  bench.type('\r');
  expect(bench.say('unlock')).toContain('PIN: ');
  expect(bench.say('4711')).not.toContain('4711');
  expect(bench.say('config set intervalS 300')).not.toContain('error');
  expect(bench.type('\x1b[A')).not.toContain('4711');
});

test('a change of the PIN shows only that there is one', () => {
  const bench = new ConsoleBench();
  bench.ask({ do: 'config.set', key: 'consolePin', value: '0815' });
  expect(bench.ask({ do: 'config.get', key: 'consolePin' })).toMatchObject({ value: false, staged: true });
  bench.ask({ do: 'config.save', who: 'bob' });
  bench.again();
  expect(bench.ask({ do: 'config.get', key: 'consolePin' })).toMatchObject({ value: true });
  expect(bench.say('config show')).toMatch(/consolePin +\(set\)/);
  expect(bench.tracker.console.lines.join('\n')).not.toContain('0815');
});
