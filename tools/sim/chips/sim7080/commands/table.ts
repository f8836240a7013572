import { basicCommands } from './basic.ts';
import type { CommandTable } from './command.ts';
import { gnssCommands } from './gnss.ts';
import { networkCommands } from './network.ts';
import { pdpCommands } from './pdp.ts';
import { socketCommands } from './socket.ts';
import { tlsFileCommands } from './tls-files.ts';

/** Every command that the model knows, by name without AT. */
export const commands: CommandTable = {
  ...basicCommands,
  ...networkCommands,
  ...pdpCommands,
  ...tlsFileCommands,
  ...socketCommands,
  ...gnssCommands,
};
