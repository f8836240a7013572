/**
 * What once stood in a tracker's flash must decode for ever, to the same lines. golden/ holds for each format version a ring
 * and some messages, made by the scripted life when the version was fixed, and what they say. They are never made anew.
 * What a host concludes from them may get better: UTC comes with a bound, and must agree within it.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Journal } from '../../firmware/journal/journal.ts';
import { mockFlash } from '../../hal/mock/flash.ts';
import { hostCrypto } from '../../tools/crypto/host-crypto.ts';
import { decodeAny } from '../../tools/decode/command.ts';

/** A line without what is concluded from several records, and that apart. */
function told(line: string): { said: object; utcMs: number; utcErrorS: number } {
  const { utc, utcErrorS, fixAgeS, contradicted, readings, ...said } = JSON.parse(line);
  const kept = readings?.map((reading: string) => told(JSON.stringify(reading)).said);
  return { said: kept ? { ...said, readings: kept } : said, utcMs: Date.parse(utc), utcErrorS };
}

function expectSame(lines: readonly string[], goldenLines: readonly string[]): void {
  expect(lines.map((line) => told(line).said)).toEqual(goldenLines.map((line) => told(line).said));
  for (const [index, line] of lines.entries()) {
    const [now, then] = [told(line), told(goldenLines[index] as string)];
    // A power-on without a clock of its own had no time then.
    if (Number.isNaN(then.utcMs)) continue;
    expect(Math.abs(now.utcMs - then.utcMs) / 1000, line).toBeLessThanOrEqual(now.utcErrorS);
  }
}

const golden = (name: string): Buffer => readFileSync(new URL(`golden/${name}`, import.meta.url));

test.each(['format-1', 'format-1-messages'])('%s says what it said when it was written', (name) => {
  const { lines, problems } = decodeAny(golden(`${name}.bin`), 'json');
  expect(problems).toEqual([]);
  expectSame(lines, golden(`${name}.jsonl`).toString('utf8').trimEnd().split('\n'));
});

test("today's firmware goes on behind what format 1 has left", () => {
  const image = golden('format-1.bin');
  const flash = mockFlash(image.length / 4096, 4096);
  flash.load({ ...flash.snapshot(), cells: image, programmed: image.map((cell) => (cell === 255 ? 0 : 1)) });
  const scale = { intervalS: 300, tempStep: 100, humidityStep: 500, channels: [0x01, 0x11, 0x02] };
  const limits = { coldLimitMilliC: null, warmLimitMilliC: null };
  const journal = new Journal(flash, hostCrypto, scale, null, limits);
  journal.mount();
  const last = JSON.parse(golden('format-1.jsonl').toString('utf8').trimEnd().split('\n').at(-1) as string);
  expect(journal.state.nextSeq).toBeGreaterThan(last.seq);
  expect(journal.reading(9e6, [16384, 16384, 16384])).toBe(true);
  const { lines, problems } = decodeAny(flash.cells, 'json');
  expect(problems).toEqual([]);
  expectSame(lines.slice(0, 20), golden('format-1.jsonl').toString('utf8').split('\n').slice(0, 20));
  expect(lines.map((line) => JSON.parse(line)).at(-1)).toMatchObject({
    kind: 'READING',
    monoS: 9e6,
    supplyC: 0,
  });
});
