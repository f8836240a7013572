import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LinuxProcess } from './linux-process.ts';

describe('a program on an interpreter, which here is a shell', () => {
  let folder: string;
  let lines: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'coldrail-process-'));
    lines = [];
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function run(script: string, onLine: (process: LinuxProcess) => void = () => {}): LinuxProcess {
    writeFileSync(join(folder, 'program'), script);
    const process: LinuxProcess = new LinuxProcess({
      interpreter: '/bin/sh',
      folder,
      script: 'program',
      onLine: (line) => {
        lines.push(line);
        onLine(process);
      },
    });
    return process;
  }

  it("tells the program's lines and not the interpreter's, nor one that a kill cuts short", async () => {
    const kill = (process: LinuxProcess): void => {
      if (lines.length === 2) process.kill();
    };
    const script = `printf 'a banner\\r\\n@reading 1\\r\\n\\033[J@reading 2\\r\\n@readi'; exec sleep 60`;
    await run(script, kill).gone;
    expect(lines).toEqual(['reading 1', 'reading 2']);
  });

  it('fails when the program ends by itself', async () => {
    await expect(run('exit 3').gone).rejects.toThrow('it ended with code 3');
  });

  it("fails with the interpreter's complaint", async () => {
    const script = 'echo "Uncaught ReferenceError: x"; exec sleep 60';
    await expect(run(script).gone).rejects.toThrow('Uncaught ReferenceError: x');
  });

  it('fails when there is no such interpreter', async () => {
    const process = new LinuxProcess({ interpreter: '/nowhere/espruino', folder, onLine: () => {} });
    await expect(process.gone).rejects.toThrow('it does not start');
  });
});
