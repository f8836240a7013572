import type { Command } from 'commander';
import { configCommand } from './config.ts';
import { consoleCommand } from './console.ts';
import { doctorCommand } from './doctor.ts';
import { eventsCommand, logCommand } from './log.ts';
import { portsCommand } from './ports.ts';
import { selftestCommand } from './selftest.ts';
import { sensorsCommand } from './sensors.ts';
import { statusCommand } from './status.ts';
import { tripCommand } from './trip.ts';

/** The commands for a tracker at the end of a cable. */
export function consoleCommands(print: (text: string) => void): Command[] {
  return [
    portsCommand(print),
    doctorCommand(print),
    statusCommand(print),
    sensorsCommand(print),
    selftestCommand(print),
    configCommand(print),
    tripCommand(print),
    logCommand(print),
    eventsCommand(print),
    consoleCommand(),
  ];
}
