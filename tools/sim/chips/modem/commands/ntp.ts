import type { Running } from '../running.ts';
import { between, MS, S } from '../scope.ts';
import { accepted, type CommandTable } from './command.ts';

/** One question and one answer of 48 bytes, with IPv4 and UDP headers. */
const EXCHANGE = { up: 76, down: 76 };
/** SIMCom: no network. */
const NETWORK_ERROR = 61;

/** Set the clock from a time server; `done` hears whether there was an answer. */
export function askTimeServer(modem: Running, done: (answered: boolean) => void): void {
  const active = modem.pdp.active;
  if (active) modem.traffic({ up: EXCHANGE.up, down: 0 });
  modem.scope.after(between(modem.random, 300 * MS, 5 * S), () => {
    const answered = active && modem.pdp.active;
    if (answered) {
      modem.traffic({ up: 0, down: EXCHANGE.down });
      modem.clock.set(Math.floor(modem.air.utcMs() / 1000) * 1000, 0);
    }
    done(answered);
  });
}

/** AT+CNTP as SIMCom has it; `good` is the result that means success. */
export function simcomNtpCommands(good: number): CommandTable {
  return {
    '+CNTPCID': { write: accepted },
    '+CNTP': {
      write: (_modem, call) => {
        call.count(1, 4);
        call.text(0);
        call.ok();
      },
      run: (modem, call) => {
        call.ok();
        askTimeServer(modem, (answered) => modem.urc(`+CNTP: ${answered ? good : NETWORK_ERROR}`));
      },
    },
  };
}
