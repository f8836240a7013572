import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { PAGE_SIZE } from '../../firmware/journal/format.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { bundleDevice } from '../../tools/build/bundle.ts';
import { checkBundle } from '../../tools/check/check.ts';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import { decodeJournalImage } from '../../tools/decode/image.ts';
import { judgedLife, meanKineticLife } from './device/judged-life.ts';
import { RING_PAGES } from './device/life.ts';
import { InterpreterBench } from './testing/bench.ts';

const bundle = (): Promise<string> =>
  bundleDevice(fileURLToPath(new URL('device/judge.ts', import.meta.url)));

/** USP <1079.2> with dH/R = 10000 K, worked out by hand: 5.5364, 6.4773, 25.0576 and 5.7635 C. */
const MEANS = ['mean 55364', 'mean 64773', 'mean 250576', 'mean 57635'];

function onHost(): { lines: string[]; cells: Uint8Array } {
  const flash = mockFlash(RING_PAGES, PAGE_SIZE);
  const lines: string[] = [];
  judgedLife(flash, hostCrypto, (line) => lines.push(line));
  return { lines, cells: flash.cells };
}

test('the device program that judges is one that a device takes', async () => {
  expect(checkBundle(await bundle())).toEqual([]);
});

test('its journey has alarms of all kinds, raised and ended, and its means are known', () => {
  const { lines, cells } = onHost();
  const records = decodeJournalImage(cells).pages.flatMap((page) =>
    page.blocks.flatMap((block) => block.records),
  );
  const alarms = records.flatMap((record) =>
    record.kind === 'ALARM' ? `${record.rule} ${record.raised}` : [],
  );
  expect([...new Set(alarms)].sort()).toEqual([
    '0 false',
    '0 true',
    '1 false',
    '1 true',
    '2 true',
    '3 false',
    '3 true',
  ]);
  expect(new Set(lines.map((line) => line.includes('disturbed'))).size).toBe(2);
  const means: string[] = [];
  meanKineticLife((line) => means.push(line));
  expect(means).toEqual(MEANS);
});

describe.skipIf(!process.env['ESPRUINO'])('the judgement on the interpreter that ESPRUINO names', () => {
  test('is the same as here, reading by reading and byte by byte', async () => {
    const bench = new InterpreterBench(await bundle());
    try {
      const lines: string[] = [];
      await bench.live((line, life) => {
        lines.push(line);
        if (line === 'end') life.kill();
      });
      const host = onHost();
      expect(lines).toEqual([...MEANS, ...host.lines, 'end']);
      const { cells } = bench;
      const held = Buffer.from(cells.subarray(0, host.cells.length));
      expect(held.equals(Buffer.from(host.cells))).toBe(true);
    } finally {
      bench.remove();
    }
  });
});
