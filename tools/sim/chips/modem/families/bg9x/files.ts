import { type Call, Refusal } from '../../call.ts';
import type { CommandTable } from '../../commands/command.ts';
import type { Running } from '../../running.ts';
import { between, MS, S } from '../../scope.ts';

const MAX_FILE = 1_000_000;
const NOT_FOUND = 405;
const EXISTS = 407;

export const fileCommands: CommandTable = {
  '+QFUPL': { write: (modem, call) => upload(modem, call) },
  '+QFLST': {
    run: (modem, call) => call.ok(...list(modem, '*')),
    write: (modem, call) => {
      call.count(1);
      const lines = list(modem, plainName(call.text(0)));
      if (lines.length === 0) throw new Refusal(NOT_FOUND);
      call.ok(...lines);
    },
  },
  '+QFDEL': {
    write: (modem, call) => {
      call.count(1);
      const name = plainName(call.text(0));
      if (name === '*') modem.flash.files.clear();
      else if (!modem.flash.files.delete(name)) throw new Refusal(NOT_FOUND);
      call.ok();
    },
  },
};

/** Files stand in the user file system, whether or not their name says so. */
export function plainName(name: string): string {
  return name.replace(/^UFS:/, '');
}

function list(modem: Running, pattern: string): string[] {
  return [...modem.flash.files]
    .filter(([name]) => pattern === '*' || pattern === name)
    .map(([name, bytes]) => `+QFLST: "UFS:${name}",${bytes.length}`);
}

/** A file that exists is not written over. */
function upload(modem: Running, call: Call): void {
  call.count(1, 4);
  const name = plainName(call.text(0));
  const size = call.int(1, 1, MAX_FILE);
  const windowUs = call.int(2, 1, 65_535, 5) * S;
  if (name === '') throw new Refusal();
  if (modem.flash.files.has(name)) throw new Refusal(EXISTS);
  call.print('CONNECT');
  const store = (bytes: Uint8Array): void => {
    modem.scope.after(between(modem.random, 20 * MS, 300 * MS), () => {
      modem.flash.files.set(name, bytes);
      call.ok(`+QFUPL: ${bytes.length},${checksum(bytes).toString(16)}`);
    });
  };
  modem.input.readCounted(size, windowUs, store, () => call.refuse());
}

/** Exclusive or of all 16-bit words, big-endian, the last one filled up with zero. */
export function checksum(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, index) => sum ^ (index % 2 === 0 ? byte << 8 : byte), 0);
}
