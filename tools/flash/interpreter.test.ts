/** The real interpreter on a pty. Its Linux build loses input now and then, so this is a bad line as well. */
import crc32 from 'crc-32';
import { afterEach, describe, expect, test } from 'vitest';
import { bundleBoard } from '../build/bundle.ts';
import { type FlashRequest, type FlashResult, flash } from './flash.ts';
import { LOADER } from './loader.ts';
import { PATIENCE } from './repl.ts';
import { filesIn } from './testing/files-in.ts';
import { Interpreter } from './testing/interpreter.ts';

const ESPRUINO = process.env['ESPRUINO'] ?? '';
const REASON = ESPRUINO === '' ? ' (skipped: ESPRUINO names no interpreter)' : '';

let board: Interpreter | undefined;

afterEach(() => {
  board?.end();
  board = undefined;
});

function flashReal(content: string, options: Partial<FlashRequest> = {}): Promise<FlashResult> {
  board ??= new Interpreter(ESPRUINO);
  const port = board;
  return flash({
    open: async () => port,
    pin: { askPin: async () => undefined },
    tell: () => {},
    content,
    chip: null,
    verifyOnly: false,
    eraseFirst: false,
    helloWithinMs: 0,
    onProgress: () => {},
    patience: { ...PATIENCE, answerMs: 1000 },
    ...options,
  });
}

describe.skipIf(ESPRUINO === '')(`on Espruino itself${REASON}`, () => {
  test('a bundle as it is built arrives whole, and another takes its place', {
    timeout: 1_200_000,
  }, async () => {
    const first = await bundleBoard('t-sim7080g-s3');
    // Two of them are more than the Linux build has room for.
    for (const bundle of [first, first.slice(0, 20_000)]) {
      await flashReal(bundle);
      const crc = (crc32.bstr(bundle) >>> 0).toString(16).padStart(8, '0');
      const files = filesIn(board?.image ?? Buffer.alloc(0));
      expect(files.get('.bootcde')).toBe(LOADER);
      expect(files.get('cr.app')).toBe(`cr-${crc}`);
      expect(files.has('cr.hold')).toBe(false);
      expect(files.get(`cr-${crc}`) === bundle).toBe(true);
    }
    expect(await flashReal(first, { verifyOnly: true })).toMatchObject({ isInPlace: false });
  });

  test('what the loader names runs at the start', async () => {
    const app =
      'function f(){return 41}\nsetTimeout(function(){print("coldrail TR-0001 power-on "+(f()+1))},500)\n';
    expect(await flashReal(app, { helloWithinMs: 20_000 })).toMatchObject({
      greeting: { device: 'TR-0001' },
    });
  });

  test('an app that throws at its start is reported', async () => {
    const stops = flashReal('print("so far");\nnoSuchThing();\n', { helloWithinMs: 20_000 });
    await expect(stops).rejects.toMatchObject({ id: 'flash.app-complains' });
  });
});
