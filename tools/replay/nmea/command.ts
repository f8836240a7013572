import { Command } from 'commander';
import { EARLIEST_UTC_S } from '../../../hal/utc.ts';
import { ColdrailError } from '../../errors/error.ts';
import { integerOption } from '../../ride/options.ts';
import { readBytes } from '../read-file.ts';
import { type Outcome, replayNmea } from './replay.ts';

/** Some sixteen hours of a receiver that tells all it can. */
const MOST_BYTES = 32 * 1024 * 1024;
/** What the ESP32's UART hands over at most. */
const CHUNK_BYTES = 512;

interface Flags {
  readonly rejected?: true;
  readonly chunk?: string;
  readonly notBefore?: string;
}

function dateOf(text: string): number {
  const seconds = Date.parse(`${text}T00:00:00Z`) / 1000;
  const isDate = /^(19[89]|20[0-7])\d-\d\d-\d\d$/.test(text) && !Number.isNaN(seconds);
  if (isDate && new Date(seconds * 1000).toISOString().startsWith(text)) return seconds;
  throw new ColdrailError('replay.option', {
    option: '--not-before',
    text: JSON.stringify(text.slice(0, 80)),
    wanted: 'a date between 1980 and 2079, as in 2021-03-07',
  });
}

function place(latE5: number, lonE5: number): { latDeg: number; lonDeg: number } {
  return { latDeg: latE5 / 1e5, lonDeg: lonE5 / 1e5 };
}

/** One JSON line for a fix or a refusal. */
function lineOf(outcome: Outcome): string {
  if ('problem' in outcome) {
    const { problem, text, latE5, lonE5 } = outcome;
    const shown = latE5 === undefined || lonE5 === undefined ? {} : place(latE5, lonE5);
    return JSON.stringify({ rejected: problem, ...shown, text });
  }
  const { latE5, lonE5, utcS, satellites, rolledOver } = outcome;
  const utc = utcS === null ? null : new Date(utcS * 1000).toISOString().replace('.000Z', 'Z');
  return JSON.stringify({ ...place(latE5, lonE5), utc, satellites, ...(rolledOver ? { rolledOver } : {}) });
}

async function run(file: string, flags: Flags, print: (text: string) => void): Promise<void> {
  const chunkBytes =
    flags.chunk === undefined ? CHUNK_BYTES : integerOption('--chunk', flags.chunk, 1, MOST_BYTES);
  const notBeforeS = flags.notBefore === undefined ? EARLIEST_UTC_S : dateOf(flags.notBefore);
  const bytes = await readBytes(file, MOST_BYTES, 'replay.nmea-too-large');
  const { outcomes, heard } = replayNmea(bytes, chunkBytes, notBeforeS);
  if (heard === 0 && outcomes.length === 0) throw new ColdrailError('replay.no-nmea', { file });
  for (const outcome of outcomes) if (flags.rejected || !('problem' in outcome)) print(lineOf(outcome));
  const refused = outcomes.filter((outcome) => 'problem' in outcome).length;
  const isAny = refused < outcomes.length;
  if (!isAny)
    process.stderr.write(
      `no position is believed: ${heard} sentences heard, ${refused} refused${flags.rejected ? '' : '; --rejected shows them'}\n`,
    );
  process.exitCode = isAny ? 0 : 1;
}

/** `coldrail replay nmea`: exit code 0 means that there was at least one position to be believed, 1 that there was none. */
export function nmeaCommand(print: (text: string) => void): Command {
  return new Command('nmea')
    .description("print each position that the tracker believes in a GNSS receiver's NMEA log, as JSON lines")
    .argument('<file>', 'what the receiver said, as it came; - for standard input')
    .option('--rejected', 'print sentences and positions that are not believed as well, and why')
    .option('--chunk <bytes>', `hand over so many bytes at a time (default: ${CHUNK_BYTES})`)
    .option(
      '--not-before <date>',
      'the first date that may set the clock (default: the build, 2026-01-01). An earlier date counts as a week rollover and gets 1024 weeks more; where that does not lead between this date and 20 years later, utc is null. For an older log give its own year, as in 2021-01-01',
    )
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .action((file: string, flags: Flags) => run(file, flags, print));
}
