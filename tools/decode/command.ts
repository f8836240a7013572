import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { ColdrailError } from '../errors/error.ts';
import { readCapture } from './capture.ts';
import { listing } from './diagnostic.ts';
import { decodeJournalImage, type JournalImage, type JournalProblem } from './image.ts';
import { jsonLines, type Surroundings, surroundingsOf } from './json-lines.ts';

/** What a file held: lines for standard output, and what is wrong with it, for a person. */
export interface Decoded {
  readonly lines: string[];
  readonly problems: string[];
}

/** Records as JSON lines, or every item in CBOR diagnostic notation. */
export type Form = 'json' | 'cbor';

/**
 * Decode a flash image (whole pages) or uplink messages, whichever `bytes` are. Throws `decode.nothing` when they are
 * neither, `decode.later-format` for an image with no other pages, and `decode.message-block` when the first message is
 * damaged.
 */
export function decodeAny(bytes: Uint8Array, form: Form = 'json'): Decoded {
  const image = decodeJournalImage(bytes);
  if (image.pages.length > 0) {
    return { lines: imageLines(bytes, image, form), problems: problemLines(image.problems) };
  }
  if (image.problems.some(({ kind }) => kind === 'other-format')) {
    throw new ColdrailError('decode.later-format', { offset: image.problems[0].offset });
  }
  if (bytes.every((byte) => byte === 0xff)) {
    const detail = bytes.length === 0 ? 'it is empty.' : 'it is erased flash.';
    throw new ColdrailError('decode.nothing', { detail });
  }
  return messages(bytes, form);
}

function imageLines(bytes: Uint8Array, image: JournalImage, form: Form): string[] {
  if (form === 'json') return jsonLines(image, surroundingsOf(image.records));
  return listing(
    bytes,
    image.pages.flatMap(({ items }) => items),
  );
}

function messages(bytes: Uint8Array, form: Form): Decoded {
  const { batches, problem } = captureOf(bytes);
  const problems = problem ? [`message at byte ${problem.offset}: ${problem.error.message}`] : [];
  if (form === 'cbor') {
    const items = batches.flatMap((batch) => batch.items);
    return { lines: listing(bytes, items), problems };
  }
  const devices = new Set(batches.map(({ device }) => device));
  const surroundings = new Map(
    [...devices].map((device) => {
      const own = batches.filter((batch) => batch.device === device);
      return [device, surroundingsOf(own.flatMap(({ records }) => records))] as const;
    }),
  );
  const lines = batches.flatMap((batch) =>
    jsonLines(batch, surroundings.get(batch.device) as Surroundings, { device: batch.device }),
  );
  return { lines, problems };
}

function captureOf(bytes: Uint8Array) {
  try {
    return readCapture(bytes);
  } catch (error) {
    if (!(error instanceof ColdrailError) || error.id === 'decode.message-block') throw error;
    throw new ColdrailError('decode.nothing', { detail: error.message });
  }
}

/** A line for each problem; the same one on page behind page takes a line in all. */
function problemLines(problems: readonly JournalProblem[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < problems.length; ) {
    const { kind, offset, detail } = problems[i];
    let same = i + 1;
    while (problems[same]?.detail === detail) same++;
    const more =
      same - i > 1
        ? ` The same at ${same - i - 1} more places, the last at byte ${problems[same - 1].offset}.`
        : '';
    lines.push(`${kind} at byte ${offset}: ${detail}${more}`);
    i = same;
  }
  return lines;
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new ColdrailError('decode.unreadable', { file, detail: (error as Error).message });
  }
}

export function decodeCommand(print: (text: string) => void): Command {
  return new Command('decode')
    .description('print the records of a flash image or of uplink messages as JSON lines')
    .argument('<file>', 'flash.bin, a page of it, or messages one behind the other; - for standard input')
    .option('--cbor', 'print every item in CBOR diagnostic notation instead, behind its offset in hex')
    .action((file: string, { cbor = false }: { cbor?: boolean }) => {
      const { lines, problems } = decodeAny(read(file), cbor ? 'cbor' : 'json');
      if (lines.length > 0) print(lines.join('\n'));
      for (const problem of problems) process.stderr.write(`${problem}\n`);
      process.exitCode = problems.length > 0 ? 1 : 0;
    });
}
