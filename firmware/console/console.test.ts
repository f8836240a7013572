import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SIM_PIN_WRONG } from '../../hal/faults.ts';
import { encodeFrame } from '../../tools/console/frame.ts';
import { plainLog } from '../journal/testing/plain-log.ts';
import { ConsoleBench, config } from './testing/console-bench.ts';

const readings = (bench: ConsoleBench): number =>
  plainLog(bench.tracker.journal.cells).filter(({ kind }) => kind === 'READING').length;

test('a cold start waits ten seconds for a key, and then goes on as if nothing were', () => {
  const bench = new ConsoleBench();
  expect(bench.tracker.console.lines).toContain('press Enter within 10 s for the console');
  expect(bench.tracker.power.sleeps).toEqual([]);
  bench.pass(400);
  expect(bench.tracker.power.sleeps).toHaveLength(1);
});

test('a wake from sleep waits for nobody', () => {
  const bench = new ConsoleBench();
  bench.pass(400);
  const { journal, configuration } = bench.tracker;
  bench.tracker = Object.assign(new ConsoleBench(null).tracker, { journal, configuration });
  expect(bench.tracker.console.lines.filter((line) => line.startsWith('press'))).toHaveLength(1);
});

test('an open console keeps no reading from its time, and closes when nobody has typed for five minutes', () => {
  const bench = new ConsoleBench({ intervalS: 60 });
  bench.type('\r');
  for (let minute = 0; minute < 4; minute++) bench.pass(60);
  expect(readings(bench)).toBe(5);
  expect(bench.tracker.power.sleeps).toEqual([]);
  bench.pass(70);
  expect(bench.tracker.console.lines).toContain('nobody is there');
  bench.pass(500);
  expect(bench.tracker.power.sleeps.length).toBeGreaterThan(0);
});

test('a person is answered in words, with what to do next', () => {
  const bench = new ConsoleBench();
  bench.type('\r');
  expect(bench.say('status')).toMatch(/device +box-7\n/);
  expect(bench.say('sensors')).toMatch(/supply +-?\d+\.\d C/);
  expect(bench.say('make tea')).toContain('error console.unknown-command: There is no such command. (make)');
  expect(bench.say('make tea')).toContain('Type help to see what there is.');
  for (const word of ['status', 'config set', 'selftest', 'journal tail', 'exit'])
    expect(bench.say('help')).toContain(word);
});

test('what is typed can be mended, repeated and completed', () => {
  const bench = new ConsoleBench();
  bench.type('\r');
  bench.say('config set apnn\b\x7fn one.example');
  expect(bench.say('config show apn')).toContain('iot.example -> one.example');
  expect(bench.say('rubbish\x15help status')).toContain('who the tracker is');
  expect(bench.say('\x1b[A')).toContain('who the tracker is');
  expect(bench.say('config show brokerP\t')).toContain('8883');
  expect(bench.type('config set co\t')).toContain('config set coldLimitMilliC  config set consolePin');
});

test('a program is answered by its id, a line each way, and is not echoed', () => {
  const bench = new ConsoleBench();
  expect(bench.ask({ do: 'hello' })).toMatchObject({ ok: 1, device: 'box-7', protocol: 1, keys: 28, pin: 0 });
  expect(bench.ask({ do: 'config.get', key: 'intervalS' })).toMatchObject({ ok: 1, value: 600 });
  expect(bench.ask({ do: 'fly' })).toMatchObject({ ok: 0, error: 110 });
  expect(bench.tracker.console.lines.join('\n')).not.toContain('"do"');
});

test('one request at a time: another is told so, and stop ends the first', () => {
  const bench = new ConsoleBench();
  bench.tracker.gnss.fix = null;
  bench.type(`${encodeFrame({ id: 900, do: 'gnss', limitS: 200 })}\r\n`);
  expect(bench.ask({ do: 'hello' })).toMatchObject({ ok: 0, error: 124 });
  expect(bench.ask({ do: 'stop' })).toMatchObject({ ok: 1 });
  bench.pass(60);
  expect(bench.tracker.console.lines.join('\n')).toContain('"id":900,"ok":0,"error":125');
  expect(bench.ask({ do: 'hello' })).toMatchObject({ ok: 1 });
});

test('a damaged request has no effect and says so; a repeated one does no harm', () => {
  const bench = new ConsoleBench();
  const good = encodeFrame({ id: 7, do: 'config.set', key: 'intervalS', value: 300 });
  for (const bad of [good.replace('300', '900'), good.slice(0, -1), '{}*00000000', '{"id":7', '{*'])
    expect(bench.type(`${bad}\r\n`)).toContain('"id":0,"ok":0,"error":113');
  expect(bench.ask({ do: 'config.diff' })).toMatchObject({ keys: [] });
  for (let n = 0; n < 2; n++)
    expect(bench.ask({ do: 'config.set', key: 'intervalS', value: 300 })).toMatchObject({ ok: 1 });
  expect(bench.ask({ do: 'config.diff' })).toMatchObject({ keys: ['intervalS'] });
});

test('a line of 10 000 characters is told to be too long, whoever wrote it, and nothing else happens', () => {
  const bench = new ConsoleBench();
  bench.type('\r');
  expect(bench.say('x'.repeat(10_000))).toContain('error console.line-too-long');
  expect(bench.type(`{${'x'.repeat(10_000)}\r\n`)).toContain('"id":0,"ok":0,"error":112');
  expect(bench.say('status')).toMatch(/device +box-7/);
});

test('no noise makes it fall over, or changes anything', () => {
  const bench = new ConsoleBench();
  bench.type('\r');
  const flash = bench.tracker.configuration.cells.slice();
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{', '\r', '\n', '\x1b[', '\t', '*')),
        { maxLength: 40 },
      ),
      (chunks) => {
        for (const chunk of chunks)
          bench.type([...chunk].map((c) => String.fromCharCode((c.codePointAt(0) ?? 0) & 255)).join(''));
        bench.type('\x03\r\n\x15');
        expect(bench.ask({ do: 'hello' })).toMatchObject({ ok: 1, device: 'box-7' });
      },
    ),
    { numRuns: 300, seed: 6 },
  );
  expect(bench.tracker.configuration.cells).toEqual(flash);
});

test('exit lets the wake go on; reboot starts again; the interpreter gets the port only when it is asked for', () => {
  const bench = new ConsoleBench();
  bench.type('\r');
  expect(bench.say('exit')).toContain('console closed');
  bench.pass(400);
  expect(bench.tracker.power.sleeps).toHaveLength(1);
  bench.again();
  bench.say('reboot');
  bench.pass(1);
  expect(bench.tracker.power.restarts).toBe(1);
  bench.again();
  expect(bench.tracker.console.released).toBe(false);
  expect(bench.ask({ do: 'repl' })).toMatchObject({ ok: 1 });
  expect(bench.tracker.console.released).toBe(true);
});

test('a factory reset asks to be confirmed, takes every secret, and leaves the journal', () => {
  const bench = new ConsoleBench();
  bench.type('\r');
  expect(bench.say('factory-reset')).toContain('error console.not-confirmed');
  const before = readings(bench);
  bench.say('factory-reset ERASE');
  expect(bench.tracker.configuration.cells.every((byte) => byte === 255)).toBe(true);
  bench.again();
  expect(readings(bench)).toBe(before + 1);
  expect(bench.ask({ do: 'hello' })).toMatchObject({ device: '' });
});

test('whoever presses reset at the console again and again does not end in safe mode', () => {
  const bench = new ConsoleBench();
  for (let n = 0; n < 6; n++) bench.again();
  expect(bench.tracker.console.lines.join('\n')).not.toContain('starts failed');
  expect(config.deviceId).toBe('box-7');
});

test('a request of the wrong shape is refused and leaves the console as it was', () => {
  const bench = new ConsoleBench();
  for (const doing of [['status'], { toString: 1, valueOf: 1 }, 7, null, true])
    expect(bench.ask({ do: doing })).toMatchObject({ ok: 0, error: 110 });
  for (const [key, value] of [
    ['modem', true],
    ['gnss', 'x'],
    ['modem', 2],
  ] as const)
    expect(bench.ask({ do: 'selftest', who: 'bob', [key]: value })).toMatchObject({
      ok: 0,
      error: 114,
      about: key,
    });
  expect(bench.ask({ do: 'config.set', key: 'deviceId', at: 0 })).toMatchObject({ ok: 0, error: 114 });
  expect(bench.ask({ do: 'config.set', key: 'trip', value: 'x' })).toMatchObject({ ok: 0, error: 114 });
  expect(bench.ask({ do: 'hello' })).toMatchObject({ ok: 1 });
  expect(bench.ask({ do: 'config.diff' })).toMatchObject({ keys: [] });
});

test('what comes behind a reboot or a factory reset in one breath is not looked at', () => {
  const bench = new ConsoleBench();
  bench.type('\r');
  bench.type('factory-reset ERASE\rexit\r');
  bench.pass(2);
  expect(bench.tracker.power.restarts).toBe(1);
  expect(bench.tracker.power.sleeps).toEqual([]);
});

test('a SIM is not asked a second time with a PIN that it has refused', () => {
  const bench = new ConsoleBench({ simPin: '1234' });
  bench.tracker.link.fault = SIM_PIN_WRONG;
  for (let n = 0; n < 3; n++)
    expect(bench.ask({ do: 'modem' }, 60)).toMatchObject({ ok: 0, error: SIM_PIN_WRONG });
  expect(bench.tracker.link.targets.map(({ simPin }) => simPin)).toEqual(['1234', '', '']);
});

test('a configured probe that the board has not got is told, and is red in a self-test', () => {
  const bench = new ConsoleBench({ probes: 2 + 4 + 16 });
  expect(bench.ask({ do: 'sensors' })['probes']).toContainEqual([4, null, null, 5]);
  const steps = bench.answers({ do: 'selftest', who: 'bob', modem: 0, gnss: 0 });
  expect(steps[0]).toMatchObject({ step: 'sensors', verdict: 2 });
});

test('nothing is tested that holds only from the next start', () => {
  const bench = new ConsoleBench();
  bench.ask({ do: 'config.set', key: 'brokerHost', value: 'other.example' });
  bench.ask({ do: 'config.save', who: 'bob' });
  for (const doing of ['selftest', 'modem'])
    expect(bench.ask({ do: doing, who: 'bob' })).toMatchObject({ ok: 0, error: 133 });
});
