import { basicCommands } from './basic.ts';
import type { CommandTable } from './command.ts';
import { contextCommands } from './contexts.ts';
import { forbiddenNetworkCommands } from './forbidden-networks.ts';
import { networkCommands } from './network.ts';
import { operatorCommands } from './operator.ts';

/** The commands of every family, by name without AT. */
export const commonCommands: CommandTable = {
  ...basicCommands,
  ...networkCommands,
  ...operatorCommands,
  ...forbiddenNetworkCommands,
  ...contextCommands,
};
