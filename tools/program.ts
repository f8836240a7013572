import { mkdirSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { VERSION } from '../firmware/version.ts';
import { benchCommand } from './bench/command.ts';
import { boardNames, bundleBoard } from './build/bundle.ts';
import { runCheck } from './check/run.ts';
import { consoleCommands } from './console/commands/all.ts';
import { decodeCommand } from './decode/command.ts';
import { docsCommand } from './docs/command.ts';
import { energyCommand } from './energy/command.ts';
import { flashCommand } from './flash/command.ts';
import { espruinoCommand } from './lockstep/command.ts';
import { provisionCommand } from './provision/command.ts';
import { radioPlanCommand } from './radio-plan/command.ts';
import { recordCommand } from './record/command.ts';
import { replayCommand } from './replay/command.ts';
import { rideCommand } from './ride/command.ts';
import { simCommand } from './sim-console/command.ts';
import { verifyCommand } from './verify/command.ts';
import { webCommand } from './web/command.ts';

type Print = (text: string) => void;

function buildCommand(print: Print): Command {
  return new Command('build')
    .description('bundle the firmware of every board into dist/')
    .action(async () => {
      mkdirSync('dist', { recursive: true });
      for (const board of boardNames()) {
        const bundle = await bundleBoard(board);
        writeFileSync(`dist/${board}.js`, bundle);
        print(`dist/${board}.js  ${bundle.length} bytes`);
      }
    });
}

function checkCommand(print: Print): Command {
  return new Command('check')
    .description('check a bundle against what the Espruino interpreter can run')
    .argument('<file>', 'the bundle, as in dist/t-sim7080g-s3.js')
    .action(async (file: string) => {
      process.exitCode = await runCheck(file, print);
    });
}

/** All commands of `coldrail`. A new one is added here, and then stands in docs/cli.md. */
export function buildProgram(print: Print): Command {
  const program = new Command('coldrail')
    .version(VERSION, '-V, --version', 'the version of these tools, and of the firmware that they build')
    .description('the open tracker for refrigerated containers on the rail corridor')
    .addCommand(rideCommand(print))
    .addCommand(espruinoCommand(print))
    .addCommand(benchCommand(print))
    .addCommand(radioPlanCommand(print))
    .addCommand(energyCommand(print))
    .addCommand(buildCommand(print))
    .addCommand(checkCommand(print))
    .addCommand(flashCommand(print))
    .addCommand(decodeCommand(print))
    .addCommand(simCommand(print))
    .addCommand(verifyCommand(print))
    .addCommand(provisionCommand(print))
    .addCommand(recordCommand(print))
    .addCommand(replayCommand(print))
    .addCommand(webCommand(print))
    .addCommand(docsCommand(print));
  for (const command of consoleCommands(print)) program.addCommand(command);
  return program;
}
