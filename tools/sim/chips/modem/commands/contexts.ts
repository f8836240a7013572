import { type Call, Refusal } from '../call.ts';
import type { Running } from '../running.ts';
import type { CommandTable } from './command.ts';

/** AT+CGDCONT: contexts by number, kept without power, so an old APN outlives the SIM that it was for. */
export const contextCommands: CommandTable = {
  '+CGDCONT': {
    read: (modem, call) => {
      const contexts = [...modem.flash.contexts].sort(([a], [b]) => a - b);
      call.ok(...contexts.map(([cid, apn]) => `+CGDCONT: ${cid},"IP","${apn}","0.0.0.0",0,0,0,0`));
    },
    write: (modem, call) => define(modem, call),
  },
};

function define(modem: Running, call: Call): void {
  call.count(1, 11);
  const cid = call.int(0, 1, 24);
  if (call.line.args.length === 1) {
    modem.flash.contexts.delete(cid);
  } else {
    if (!['IP', 'IPV6', 'IPV4V6'].includes(call.text(1))) throw new Refusal();
    modem.flash.contexts.set(cid, call.word(2) ?? '');
  }
  call.ok();
}

/** The APN of context 1, the one that carries data; empty: the network chooses. */
export function dataApn(modem: Running): string {
  return modem.flash.contexts.get(1) ?? '';
}
