import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCheck } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'coldrail-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(source: string): Promise<{ code: number; text: string; file: string }> {
  const file = join(folder, 'bundle.js');
  writeFileSync(file, source);
  let text = '';
  const code = await runCheck(file, (part) => {
    text += part;
  });
  return { code, text, file };
}

describe('coldrail check', () => {
  it('leaves with 0 for a bundle that the device takes', async () => {
    const { code, text, file } = await run('(() => { print(1); })();');
    expect(code).toBe(0);
    expect(text).toBe(`${file}: 24 bytes, nothing that the device would refuse.\n`);
  });

  it('leaves with 1 and one line for each place, with what to write instead', async () => {
    const { code, text, file } = await run('(() => { print(2 ** 3);\nMath.trunc(1); })();');
    expect(code).toBe(1);
    const lines = text.split('\n');
    expect(lines[0]).toMatch(
      `${file}:1:16 exponent: Espruino has no \`**\`: a SyntaxError. Instead: multiply`,
    );
    expect(lines[0]).toContain('Near: (() => { print(2 ** 3);');
    expect(lines[1]).toContain(`${file}:2:1 missing-static: Math.trunc: `);
    expect(lines.slice(2)).toEqual([`${file}: 2 places to change before this runs on a device.`, '']);
  });

  it('refuses a file that cannot be read, with the reason', async () => {
    await expect(runCheck(join(folder, 'none.js'), () => {})).rejects.toMatchObject({
      id: 'check.unreadable',
      exitCode: 2,
      message: expect.stringContaining('ENOENT'),
    });
    await expect(runCheck(folder, () => {})).rejects.toMatchObject({ id: 'check.unreadable' });
  });

  it('refuses an empty file, which would otherwise pass', async () => {
    await expect(run(' \n')).rejects.toMatchObject({ id: 'check.empty', exitCode: 2 });
  });
});
