import { symlinkSync, unlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Command, Option } from 'commander';
import { boardNames } from '../build/bundle.ts';
import { ColdrailError } from '../errors/error.ts';
import { integerOption } from '../ride/options.ts';
import { openPty } from '../serial/pty-line.ts';
import { type EngineName, openConsoleBench } from './bench.ts';
import { type Live, live } from './live.ts';

interface Flags {
  board: string;
  scenario: string;
  seed: number;
  engine: EngineName;
  speed: number;
  blank: boolean;
  link?: string;
}

const ORDERS = 'reset: the button. cut: power is gone for two seconds. quit: the end.';

/** A name for the port that stays, in place of one that an earlier run has left. */
function linkTo(path: string, name: string): void {
  try {
    unlinkSync(name);
  } catch {
    // There was none.
  }
  try {
    symlinkSync(path, name);
  } catch (error) {
    throw new ColdrailError('sim.link-unwritable', { name, detail: (error as Error).message });
  }
}

function obey(word: string, tracker: Live, print: (text: string) => void): void {
  if (word === 'reset') tracker.reset();
  else if (word === 'cut') tracker.cutPower();
  else if (word === 'quit') tracker.stop();
  else if (word !== '') print(ORDERS);
}

export async function runSim(flags: Flags, print: (text: string) => void): Promise<void> {
  if (process.platform === 'win32') throw new ColdrailError('sim.no-pty');
  let say: (text: string) => void = () => {};
  const bench = await openConsoleBench({
    board: flags.board,
    scenario: flags.scenario,
    seed: flags.seed,
    engine: flags.engine,
    isBlank: flags.blank,
    onText: (text) => say(text),
  });
  const line = openPty();
  try {
    if (flags.link) linkTo(line.path, flags.link);
    const tracker = live(bench, flags.speed);
    say = (text) => line.say(text);
    line.onText((text) => tracker.type(text));
    const path = flags.link ?? line.path;
    print(`the console of a virtual ${flags.board}, seed ${flags.seed}, is at ${path}`);
    print(`  npx coldrail console --port ${path}      (and all other commands that take --port)`);
    print(`here: ${ORDERS}`);
    const words = createInterface({ input: process.stdin });
    words.on('line', (word) => obey(word.trim(), tracker, print));
    const stop = (): void => tracker.stop();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    try {
      await tracker.run();
    } finally {
      words.close();
      process.stdin.destroy();
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    }
    for (const complaint of bench.stage.sim.tracker.complaints)
      print(`the firmware complained: ${complaint}`);
    const memory = bench.memory();
    if (memory) print(`JsVars of the bundle: ${memory.peak} peak, ${memory.inside} inside an event`);
  } finally {
    line.pull();
    await bench.close();
  }
}

export function simCommand(print: (text: string) => void): Command {
  return new Command('sim')
    .description('a virtual tracker in real time, with its console on a pseudo-terminal')
    .option('--console', 'offer the console; there is nothing else yet', true)
    .option('--board <name>', `one of ${boardNames().join(', ')}`, 't-sim7080g-s3')
    .option('--scenario <name>', 'as for ride; the tracker stands where that departs', 'hanoi-duisburg')
    .option('--seed <n>', 'of everything random', (text) => integerOption('--seed', text, 0, 4294967295), 1)
    .addOption(
      new Option('--engine <name>', 'what runs the firmware; espruino needs ESPRUINO=path')
        .choices(['vm', 'espruino'])
        .default('vm'),
    )
    .option(
      '--speed <n>',
      'seconds of the tracker in a second of yours',
      (text) => integerOption('--speed', text, 1, 1000),
      1,
    )
    .option('--blank', 'as it comes from the shelf: nobody has configured it', false)
    .option('--link <path>', 'a name for the port that stays the same')
    .action((flags: Flags) => runSim(flags, print));
}
