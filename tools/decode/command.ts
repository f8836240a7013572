import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { ColdrailError } from '../errors/error.ts';
import { decodeBatch } from './batch.ts';
import { decodeJournalImage } from './image.ts';
import type { Reading } from './reading.ts';
import type { JournalRecord } from './record.ts';
import { resolveUtc } from './utc.ts';

/** What a file held: lines for standard output, and what is wrong with it, for a person. */
export interface Decoded {
  readonly lines: string[];
  readonly problems: string[];
}

const timeless = new Set(['ACK', 'LOST', 'UNKNOWN']);

function linesOf(readings: readonly Reading[], records: readonly JournalRecord[]): string[] {
  const utc = resolveUtc([...records]);
  const asReadings = readings.map((reading) => ({ kind: 'READING' as const, ...reading }));
  return [...asReadings, ...records]
    .sort((a, b) => a.seq - b.seq)
    .map((record) => {
      // ACK, LOST and what is unknown carry no time of their own.
      const ms = timeless.has(record.kind) ? null : utc(record);
      return JSON.stringify({ ...record, utc: ms === null ? null : new Date(ms).toISOString() });
    });
}

/**
 * Decode a flash image (whole pages) or an uplink message, whichever `bytes` are. Throws `decode.nothing` when they are
 * neither.
 */
export function decodeAny(bytes: Uint8Array): Decoded {
  const image = decodeJournalImage(bytes);
  if (image.pages.length > 0) {
    const problems = image.problems.map(({ kind, offset, detail }) => `${kind} at byte ${offset}: ${detail}`);
    return { lines: linesOf(image.readings, image.records), problems };
  }
  try {
    const batch = decodeBatch(bytes);
    return { lines: linesOf(batch.readings, batch.records), problems: [] };
  } catch (error) {
    if (error instanceof ColdrailError) throw new ColdrailError('decode.nothing', { detail: error.message });
    throw error;
  }
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
    .description('print the records of a flash image or an uplink message as JSON lines')
    .argument('<file>', 'flash.bin, a page of it, or a message; - for standard input')
    .action((file: string) => {
      const { lines, problems } = decodeAny(read(file));
      if (lines.length > 0) print(lines.join('\n'));
      for (const problem of problems) process.stderr.write(`${problem}\n`);
      process.exitCode = problems.length > 0 ? 1 : 0;
    });
}
