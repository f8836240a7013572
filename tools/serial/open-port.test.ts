import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Port } from '../console/port.ts';
import { openPort } from './open-port.ts';
import { openPty, type PtyLine } from './pty-line.ts';

const lines: PtyLine[] = [];
const ports: Port[] = [];

async function opened(line: PtyLine): Promise<Port> {
  const port = await openPort(line.path);
  ports.push(port);
  return port;
}

function ptyLine(): PtyLine {
  const line = openPty();
  lines.push(line);
  return line;
}

afterEach(async () => {
  await Promise.all(ports.splice(0).map((port) => port.close()));
  for (const line of lines.splice(0)) line.pull();
});

const whole = (listen: (hear: (text: string) => void) => void, length: number): Promise<string> =>
  new Promise((resolve) => {
    let heard = '';
    listen((text) => {
      heard += text;
      if (heard.length >= length) resolve(heard);
    });
  });

test('each byte goes both ways as it is, but XON and XOFF, which are for the line itself', async () => {
  const line = ptyLine();
  const port = await opened(line);
  const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte))
    .filter((byte) => byte !== '\x11' && byte !== '\x13')
    .join('');
  const there = whole((hear) => line.onText(hear), bytes.length);
  await port.write(bytes);
  expect(await there).toBe(bytes);
  const back = whole((hear) => port.onText(hear), bytes.length);
  line.say(bytes);
  expect(await back).toBe(bytes);
});

test('a pulled cable is told once, and each write behind it fails with a word', async () => {
  const line = ptyLine();
  const port = await opened(line);
  const gone = new Promise<void>((resolve) => port.onClosed(resolve));
  line.pull();
  await gone;
  await expect(port.write('x')).rejects.toMatchObject({ id: 'serial.gone' });
});

test('a port that another has is busy', async () => {
  const line = ptyLine();
  await opened(line);
  await expect(openPort(line.path)).rejects.toMatchObject({ id: 'serial.busy' });
});

test('a port that was closed can be opened again', async () => {
  const line = ptyLine();
  await (await openPort(line.path)).close();
  await opened(line);
});

test('without a reset line reset says so, and does not fail', async () => {
  const port = await opened(ptyLine());
  expect(await port.reset()).toBe(false);
});

test('what is no serial port is told apart', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'coldrail-')), 'file');
  writeFileSync(file, '');
  await expect(openPort('/dev/no-such-port')).rejects.toMatchObject({ id: 'serial.missing' });
  for (const path of ['/dev/null', tmpdir(), file])
    await expect(openPort(path)).rejects.toMatchObject({ id: 'serial.not-serial' });
});
