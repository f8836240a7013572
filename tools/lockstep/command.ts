import { Command } from 'commander';
import { boardNames } from '../build/bundle.ts';
import { integerOption } from '../ride/options.ts';
import { interpreterPath, type LockstepOptions, type Trace, traceOnEspruino, traceOnVm } from './lockstep.ts';

const BUDGET_STEADY = 2000;
const BUDGET_PEAK = 3000;

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) if (a[at] !== b[at]) return at;
  return -1;
}

/** What the comparison found: lines for a person, and whether all is well. */
export function compareTraces(simulated: Trace, real: Trace): { lines: string[]; same: boolean } {
  const difference = firstDifference(simulated.flash, real.flash);
  const sameWire = simulated.wireDigest === real.wireDigest;
  const flags = [...(real.memory?.flags ?? [])];
  const clean = real.complaints.length === 0 && !flags.some((flag) => flag.includes('MEMORY'));
  const lines = [
    `                 simulator  interpreter`,
    `wakes            ${row(simulated.wakes, real.wakes)}`,
    `samples          ${row(simulated.samples, real.samples)}`,
    `stored           ${row(simulated.stored, real.stored)}`,
    `in the database  ${row(simulated.inDatabase, real.inDatabase)}`,
    `sessions         ${row(simulated.sessions, real.sessions)}`,
    `MQTT bytes up    ${row(simulated.wireBytes.up, real.wireBytes.up)}`,
    `MQTT bytes down  ${row(simulated.wireBytes.down, real.wireBytes.down)}`,
    difference < 0 ? 'flash image: byte-equal' : `flash image: differs first at byte ${difference}`,
    `MQTT bytes: ${sameWire ? 'byte-equal' : 'different'} (SHA-256 ${real.wireDigest.slice(0, 16)})`,
    `JsVars of the bundle: ${real.memory?.steady} steady, ${real.memory?.peak} peak, ${real.memory?.inside} inside an event (budget ${BUDGET_STEADY} / ${BUDGET_PEAK}); stand-ins for the hardware: ${real.memory?.standIns} more`,
    `error flags: ${flags.length > 0 ? flags.join(', ') : 'none'}`,
    ...real.complaints.slice(0, 5).map((complaint) => `complaint: ${complaint}`),
  ];
  return { lines, same: difference < 0 && sameWire && clean };
}

function row(simulated: number, real: number): string {
  return `${String(simulated).padStart(9)}  ${String(real).padStart(11)}`;
}

interface Flags {
  board: string;
  scenario: string;
  seed: number;
  hours: number;
  interval: number;
}

export function espruinoCommand(print: (text: string) => void): Command {
  return new Command('espruino')
    .description(
      'ride the first hours on the real interpreter (ESPRUINO=path) and compare with the simulator',
    )
    .option('--board <name>', `one of ${boardNames().join(', ')}`, 't-sim7080g-s3')
    .option('--scenario <name>', 'as for ride', 'hanoi-duisburg')
    .option(
      '--seed <n>',
      'seed of everything random',
      (text) => integerOption('--seed', text, 0, 4294967295),
      1,
    )
    .option('--hours <n>', 'how far', (text) => integerOption('--hours', text, 1, 1000), 72)
    .option(
      '--interval <s>',
      'seconds between readings',
      (text) => integerOption('--interval', text, 60, 3600),
      600,
    )
    .action(async (flags: Flags) => {
      interpreterPath();
      const options: LockstepOptions = { ...flags, intervalS: flags.interval };
      process.stderr.write(`seed ${options.seed}\n`);
      const tell = (what: string) => (hour: number) => {
        if (hour % 12 === 0) process.stderr.write(`${what}: hour ${hour} of ${options.hours}\n`);
      };
      const simulated = await traceOnVm(options, tell('simulator'));
      const real = await traceOnEspruino(options, tell('interpreter'));
      const { lines, same } = compareTraces(simulated, real);
      print(lines.join('\n'));
      process.exitCode = same ? 0 : 1;
    });
}
