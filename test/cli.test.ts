import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coldrail-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function coldrail(...args: string[]): {
  status: number | null;
  stdout: string;
  stderr: string;
} {
  const env = { ...process.env };
  delete env['ESPRUINO'];
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/coldrail.mjs', ...args], {
    encoding: 'utf8',
    env,
  });
  return { status, stdout, stderr };
}

const csv = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('wrong use ends with one error id, a remedy and exit code 2', () => {
  const cases: [string, () => string[], string][] = [
    ['an unknown scenario', () => ['ride', '--scenario', 'nowhere'], 'scenario.unknown'],
    ['an unknown board', () => ['ride', '--board', 'abacus'], 'build.unknown-board'],
    ['an unknown option', () => ['ride', '--fast'], 'usage.unknown-option'],
    ['an interval that is no number', () => ['ride', '--interval', 'often'], 'usage.number'],
    ['an interval out of range', () => ['ride', '--interval', '5'], 'usage.number'],
    ['a seed that is no whole number', () => ['ride', '--seed', '1.5'], 'usage.integer'],
    ['a broker address without a scheme', () => ['ride', '--broker', 'localhost:1883'], 'broker.url-invalid'],
    [
      'an outage of a broker that is not ours',
      () => ['ride', '--broker', 'mqtt://127.0.0.1:1', '--broker-outage', '3'],
      'usage.outage-needs-own-broker',
    ],
    [
      'a climate file that is not there',
      () => ['ride', '--climate', join(folder, 'none.csv')],
      'climate.unreadable',
    ],
    [
      'text in the temperature column',
      () => [
        'ride',
        '--climate',
        csv(
          'text.csv',
          'time,temperature,humidity\n2026-01-01 00:00:00,4.0,80\n2026-01-01 00:01:00,warm,80\n',
        ),
      ],
      'climate.',
    ],
    ['a bundle that is not there', () => ['check', join(folder, 'none.js')], 'check.unreadable'],
    ['no interpreter named', () => ['espruino'], 'espruino.not-set'],
  ];
  for (const [what, args, id] of cases) {
    test(what, () => {
      const { status, stdout, stderr } = coldrail(
        ...args(),
        ...(args()[0] === 'ride' ? ['--out', join(folder, 'out')] : []),
      );
      expect(stderr).toContain(`error ${id}`);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(stdout).toBe('');
      expect(status).toBe(2);
      expect(readdirSync(folder)).not.toContain('out');
    });
  }
});

describe('what fails through no fault of the command line ends with exit code 1', () => {
  test('a broker that is not there', () => {
    const out = join(folder, 'gone');
    const { status, stderr } = coldrail(
      'ride',
      '--days',
      '1',
      '--broker',
      'mqtt://127.0.0.1:1',
      '--out',
      out,
    );
    expect(stderr).toContain('error broker.unreachable');
    expect(status).toBe(1);
    expect(existsSync(out)).toBe(false);
  });

  test('a port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const out = join(folder, 'port');
    const { status, stderr } = coldrail('ride', '--days', '1', '--broker-port', String(port), '--out', out);
    server.close();
    expect(stderr).toContain('error broker.port-in-use');
    expect(status).toBe(1);
    expect(existsSync(out)).toBe(false);
  });

  test('an output folder that is a file', () => {
    const { status, stderr } = coldrail('ride', '--days', '1', '--out', csv('file', 'x'));
    expect(stderr).toContain('error ride.out-unwritable');
    expect(status).toBe(1);
  });
});

test('a ride that is interrupted leaves nothing behind', async () => {
  const out = join(folder, 'interrupted');
  const child = spawn(process.execPath, ['tools/coldrail.mjs', 'ride', '--out', out], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('day')) resolve();
    });
  });
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(existsSync(out)).toBe(false);
});

test('--json prints the summary and nothing else on standard output', () => {
  const { status, stdout, stderr } = coldrail(
    'ride',
    '--days',
    '0.3',
    '--json',
    '--out',
    join(folder, 'json'),
  );
  expect(JSON.parse(stdout)).toMatchObject({
    scenario: 'hanoi-duisburg',
    seed: 1,
    lost: 0,
    invented: 0,
  });
  expect(stderr).toContain('seed 1');
  expect(status).toBe(0);
});

test('the check passes the bundle, and names the line of what was added to it', () => {
  expect(coldrail('build').status).toBe(0);
  const good = coldrail('check', 'dist/t-sim7080g-s3.js');
  expect(good.status).toBe(0);
  const bundle = spawnSync('cat', ['dist/t-sim7080g-s3.js'], {
    encoding: 'utf8',
  }).stdout;
  const flat = coldrail('check', csv('flat.js', `${bundle}\n[].flat();\n`));
  expect(flat.stdout).toMatch(/flat\.js:\d+:\d+ missing-method: .*flat.*Instead: /);
  expect(flat.status).toBe(1);
  const labelled = coldrail('check', csv('label.js', `${bundle}\nouter: for (;;) { break outer; }\n`));
  expect(labelled.stdout).toMatch(/label\.js:\d+:1 label: .*Instead: /);
  expect(labelled.status).toBe(1);
});
