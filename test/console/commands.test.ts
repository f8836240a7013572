/** Every command on a virtual tracker behind a pseudo-terminal, as a technician uses them. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { consoleCommands } from '../../tools/console/commands/all.ts';
import { VirtualPort } from '../../tools/console/testing/virtual-port.ts';
import { simulatedKey } from '../../tools/ride/workshop.ts';
import { openPty, type PtyLine } from '../../tools/serial/pty-line.ts';

/** From a restart to the open window, s. */
const START_S = 4;

let tracker: VirtualPort;
let line: PtyLine;
let folder: string;

beforeAll(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  folder = mkdtempSync(join(tmpdir(), 'coldrail-commands-'));
  tracker = await VirtualPort.make();
  line = openPty();
  let done = Promise.resolve();
  line.onText((text) => {
    done = done.then(async () => {
      await tracker.write(text);
      // Its time passes only for what is asked: a start has to be waited for.
      if (text.includes('"do":"reboot"')) await tracker.pass(START_S);
    });
  });
  tracker.onText((text) => line.say(text));
});

afterAll(async () => {
  vi.restoreAllMocks();
  line.pull();
  await tracker.end();
});

/** Run `coldrail WORDS --port ...`. */
async function run(words: string): Promise<{ out: string; exit: number }> {
  const said: string[] = [];
  const [name, ...rest] = words.split(' ');
  const command = consoleCommands((text) => said.push(text)).find((one) => one.name() === name);
  process.exitCode = undefined;
  await command?.parseAsync([...rest, '--port', line.path], { from: 'user' });
  const exit = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { out: said.join('\n'), exit };
}

const json = async (words: string) => JSON.parse((await run(`${words} --json`)).out);

test('status says how the tracker is', async () => {
  const { out, exit } = await run('status');
  expect(out).toMatch(/^device +sim-1$/m);
  expect(out).toMatch(/^last reading +supply \d\.\d\d C/m);
  expect(exit).toBe(0);
  expect(await json('status')).toMatchObject({ device: 'sim-1', alarm: 0, version: expect.any(String) });
});

test('sensors measures at each probe', async () => {
  expect(await json('sensors')).toMatchObject({ probes: [{ place: 'supply' }, { place: 'return' }] });
  expect((await run('sensors')).out).toMatch(/^door +closed$/m);
});

test('a configuration goes out, is changed, and comes back in', async () => {
  const file = join(folder, 'config.json');
  await run(`config export ${file}`);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain('deviceKey');
  expect((await run(`config diff ${file}`)).exit).toBe(0);

  const changed = await run('config set intervalS 300 apn other.example --yes --who lee');
  expect(changed).toMatchObject({ exit: 0, out: expect.stringContaining('each key was read back') });
  expect((await run('config get intervalS')).out).toBe('300');
  expect(await run(`config diff ${file}`)).toMatchObject({
    exit: 1,
    out: 'intervalS: 300 s -> 600 s\napn: other.example -> iot.example',
  });

  expect((await run(`config apply ${file} --yes`)).exit).toBe(0);
  expect((await run(`config diff ${file}`)).exit).toBe(0);
});

test('what does not go together is refused, and nothing stays', async () => {
  await expect(run('config set coldLimitMilliC 9000 --yes')).rejects.toMatchObject({
    id: 'config.not-applied',
  });
  await expect(run('config set container CSQU3054384 --yes')).rejects.toMatchObject({ id: 'config.number' });
  await expect(run('config set simPin 1234 --yes')).rejects.toMatchObject({ id: 'config.secret-typed' });
  expect(await json('status')).toMatchObject({ staged: 0 });
});

test('a trip begins, stands, and ends', async () => {
  expect((await run('trip show')).exit).toBe(1);
  const begun = await run('trip start T-77 --container csqu3054383 --set-point 5 --yes --who lee');
  expect(begun).toMatchObject({ exit: 0, out: 'Trip T-77 is under way.' });
  expect(await json('trip show')).toMatchObject({
    trip: 'T-77',
    container: 'CSQU3054383',
    setPointMilliC: 5000,
  });
  await expect(run('trip start T-78 --yes')).rejects.toMatchObject({ code: 130 });
  expect((await run('trip stop --yes --who lee')).exit).toBe(0);
  expect((await run('events')).out).toMatch(/TRIP 1 T-77/);
});

test('the self-test tells each step and leaves a record', async () => {
  const file = join(folder, 'record.json');
  const { out } = await run(`selftest --who lee --record ${file}`);
  for (const step of ['sensors', 'flash', 'battery', 'clock', 'position', 'SIM', 'network', 'broker'])
    expect(out).toMatch(new RegExp(`^(GREEN|AMBER|RED|SKIPPED) +${step}`, 'm'));
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    format: 1,
    device: 'sim-1',
    by: 'lee',
    record: expect.stringMatching(/^[0-9a-f]+$/),
    mac: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  // Behind a session the tracker starts again.
  await tracker.pass(START_S);
});

test('the log is downloaded, and holds no secret', async () => {
  const file = join(folder, 'log.bin');
  expect(await json(`log download ${file}`)).toMatchObject({
    bytes: 14 * 4096,
    pagesRead: expect.any(Number),
  });
  const image = readFileSync(file);
  expect(image).toHaveLength(14 * 4096);
  expect(image.includes(Buffer.from(simulatedKey(1)))).toBe(false);
  expect(image.includes('BEGIN CERTIFICATE')).toBe(false);
  await expect(run(`log download ${file}`)).rejects.toMatchObject({ id: 'log.exists' });
  writeFileSync(`${file}.part`, readFileSync(file).subarray(0, 5000));
  expect(await json(`log download ${file} --yes`)).toMatchObject({ bytes: 14 * 4096 });

  const key = join(folder, 'key');
  writeFileSync(key, Buffer.from(simulatedKey(1)).toString('hex'));
  const { out, exit } = await run(`log download ${file} --yes --key ${key}`);
  expect(out).toContain('nothing is wrong, but no page is sealed yet');
  expect(exit).toBe(1);
});

test('the newest records are shown', async () => {
  expect(await json('log tail -n 3')).toHaveLength(3);
  await expect(run('log tail -n 51')).rejects.toMatchObject({ id: 'usage.number' });
});

test('doctor finds what is missing', async () => {
  const { out, exit } = await run('doctor');
  expect(out).toMatch(/^good {2}console: answers/m);
  expect(out).toMatch(/^good {2}sensor, supply/m);
  expect(exit).toBe(out.includes('LOOK') ? 1 : 0);
});

test('with a PIN nothing is changed without it', async () => {
  const file = join(folder, 'pin.json');
  writeFileSync(file, JSON.stringify({ format: 1, config: { consolePin: '4711' } }));
  await run(`config apply ${file} --yes`);
  await expect(run('config set intervalS 300 --yes')).rejects.toMatchObject({ id: 'console.pin-needed' });
  const pin = join(folder, 'pin');
  writeFileSync(pin, '0815\n');
  await expect(run(`config set intervalS 300 --yes --pin-file ${pin}`)).rejects.toMatchObject({ code: 121 });
  writeFileSync(pin, '4711\n');
  expect((await run(`config set intervalS 300 --yes --pin-file ${pin}`)).exit).toBe(0);
});
